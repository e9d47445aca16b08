export const DEFAULT_PAGE = 1;
export const DEFAULT_PER_PAGE = 10;
export const MAX_PER_PAGE = 100;

/** The largest id: ids are 32-bit integers in the database. */
export const MAX_ID = 2 ** 31 - 1;
