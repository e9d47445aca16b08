/** The database as far as the health of the service goes. */
export interface Database {
  /**
   * Asks the database for an answer.
   *
   * @throws when there is none
   */
  ping(): Promise<void>;
}
