export const DEFAULT_PAGE = 1;
export const DEFAULT_PER_PAGE = 10;
export const MAX_PER_PAGE = 100;

/** The largest id: ids are 32-bit integers in the database. */
export const MAX_ID = 2 ** 31 - 1;

/** The longest reason of a maintenance window, in characters. */
export const MAX_REASON_LENGTH = 500;

/** The `Retry-After` of refused requests, unless the maintenance window sets another. */
export const DEFAULT_RETRY_AFTER_SECONDS = 60;
export const MAX_RETRY_AFTER_SECONDS = 86_400;
