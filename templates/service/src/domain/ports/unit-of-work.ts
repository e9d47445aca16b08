/** Joins what several repositories do. */
export interface UnitOfWork {
  /**
   * Runs `work` in one transaction: what repositories change in it is kept when it resolves, and
   * undone when it rejects. Inside another `run` it takes part in that one.
   *
   * @param work waits for all that it starts; it runs again after a write conflict, so that it may
   *   have no effects but those on repositories
   * @throws what `work` throws
   * @throws {ConflictException} when others changed the same again and again
   */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
}
