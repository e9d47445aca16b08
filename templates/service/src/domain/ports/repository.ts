/** Which part of a list is wanted, and in which order. */
export interface ListOptions<Model> {
  /** Starts at 1. */
  page?: number;
  perPage?: number;
  /** All items at once, without pages. */
  itemize?: boolean;
  /** The most significant first; between equals the lesser id comes first. */
  sort?: readonly SortKey<Model>[];
}

/** One field by which a list is sorted. */
export interface SortKey<Model> {
  field: keyof Model;
  descending: boolean;
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

/** The types that belong to one entity. */
export interface EntityTypes {
  model: unknown;
  /** What a new model is created from. */
  data: unknown;
  changes: object;
  /** A filter; absent fields do not restrict. */
  query: object;
}

/** The versions of a model that may be changed; an absent list restricts nothing. */
export interface VersionCondition {
  anyOf?: readonly number[];
  noneOf?: readonly number[];
}

/** A collection of models of one kind; lists are ordered by id unless another order is wanted. */
export interface Repository<Types extends EntityTypes> {
  create(data: Types['data']): Promise<Types['model']>;
  /** @throws {NotFoundException} */
  get(id: number): Promise<Types['model']>;
  /** @throws {InvalidInputException} when an itemization would exceed the configured limit */
  getAll(
    query?: Types['query'] & ListOptions<Types['model']>,
  ): Promise<Page<Types['model']> | Itemization<Types['model']>>;
  /**
   * The first model that matches.
   *
   * @throws {NotFoundException}
   */
  find(query: Types['query']): Promise<Types['model']>;
  count(query?: Types['query']): Promise<number>;
  exists(query: Types['query']): Promise<boolean>;
  /**
   * @throws {NotFoundException}
   * @throws {StaleVersionException}
   */
  update(
    id: number,
    changes: Types['changes'],
    condition?: VersionCondition,
  ): Promise<Types['model']>;
  /**
   * @throws {NotFoundException}
   * @throws {StaleVersionException}
   */
  delete(id: number, condition?: VersionCondition): Promise<void>;
  /**
   * Deletes all models that match and returns how many there were.
   *
   * @throws {InvalidInputException} when the query would match everything
   */
  deleteAll(query: Types['query']): Promise<number>;
}
