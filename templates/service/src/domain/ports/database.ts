/** The database as far as the health of the service is concerned. */
export interface Database {
  /**
   * Checks that the next request can be answered: the database is reachable, migrated and writable.
   *
   * @throws when it is not
   */
  checkReadiness(): Promise<void>;
}
