/**
 * Writes a log record in the form that the Prisma CLI reads.
 *
 * @param {'INFO' | 'WARN' | 'ERROR'} level
 * @param {{ message: string, error_code?: string | undefined }} fields
 */
export function log(level, fields) {
  process.stderr.write(`${JSON.stringify({ level, target: 'schema_engine::logger', fields })}\n`);
}
