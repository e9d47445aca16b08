/**
 * Parses JSON to something whose shape has still to be checked.
 *
 * @param {string} text
 * @returns {unknown}
 */
export function parseJson(text) {
  return JSON.parse(text);
}
