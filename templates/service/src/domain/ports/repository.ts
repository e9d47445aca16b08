/** Which part of a list is wanted. */
export interface ListOptions {
  /** Starts at 1. */
  page?: number;
  perPage?: number;
  /** All items at once, without pages. */
  itemize?: boolean;
}

/** One page of a list. */
export interface Page<Model> {
  /** How many items all pages hold together. */
  total: number;
  page: number;
  perPage: number;
  items: Model[];
}

/** A whole list. */
export interface Itemization<Model> {
  items: Model[];
}

/** A collection of models of one kind; lists are ordered by id. */
export interface Repository<Model, Data, Changes, Query> {
  create(data: Data): Promise<Model>;
  /** @throws {NotFoundException} */
  get(id: number): Promise<Model>;
  /** @throws {InvalidInputException} when an itemization would exceed the configured limit */
  getAll(query?: Query & ListOptions): Promise<Page<Model> | Itemization<Model>>;
  /**
   * The first model that matches.
   *
   * @throws {NotFoundException}
   */
  find(query: Query): Promise<Model>;
  count(query?: Query): Promise<number>;
  exists(query: Query): Promise<boolean>;
  /**
   * @param versions those that may be changed; any, if they are left out
   * @throws {NotFoundException}
   * @throws {StaleVersionException}
   */
  update(id: number, changes: Changes, versions?: readonly number[]): Promise<Model>;
  /**
   * @param versions those that may be deleted; any, if they are left out
   * @throws {NotFoundException}
   * @throws {StaleVersionException}
   */
  delete(id: number, versions?: readonly number[]): Promise<void>;
  /**
   * Deletes all models that match and returns how many there were.
   *
   * @throws {InvalidInputException} when the query would match everything
   */
  deleteAll(query: Query): Promise<number>;
}
