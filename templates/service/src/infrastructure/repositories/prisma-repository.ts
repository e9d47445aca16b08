import { DEFAULT_PAGE, DEFAULT_PER_PAGE, MAX_ID, MAX_PER_PAGE } from '../../domain/constants.ts';
import {
  InvalidInputException,
  NotFoundException,
  StaleVersionException,
} from '../../domain/exceptions.ts';
import type { Itemization, ListOptions, Page, Repository } from '../../domain/ports/repository.ts';

/** What a repository needs of a Prisma model; every generated delegate has it. */
export interface ModelDelegate<Row, Create, Update, Where> {
  create(args: { data: Create }): PromiseLike<Row>;
  findFirst(args: { where: Where | Target; orderBy: Order }): PromiseLike<Row | null>;
  findMany(args: { where: Where; orderBy: Order; skip?: number; take: number }): PromiseLike<Row[]>;
  updateManyAndReturn(args: { where: Target; data: Update & Touch }): PromiseLike<Row[]>;
  deleteMany(args: { where: Where | Target }): PromiseLike<{ count: number }>;
  count(args: { where: Where }): PromiseLike<number>;
}

interface Target {
  id: number;
  version?: { in: number[] };
}

interface Touch {
  updatedAt: Date;
  version: { increment: number };
}

interface Order {
  id: 'asc';
}

export interface RepositorySettings {
  ITEMIZE_LIMIT: number;
}

const ORDER: Order = { id: 'asc' };

/** The repository of one Prisma model that has an integer `id`, a `version` and an `updatedAt`. */
export abstract class PrismaRepository<
  Model,
  Data,
  Changes,
  Query extends object,
  Row,
  Where extends object,
> implements Repository<Model, Data, Changes, Query> {
  protected readonly notFoundMessage: string = 'The requested resource was not found';
  protected readonly defaultPage: number = DEFAULT_PAGE;
  protected readonly defaultPerPage: number = DEFAULT_PER_PAGE;
  readonly #getDelegate: () => ModelDelegate<Row, Data, Changes, Where>;
  readonly #settings: RepositorySettings;

  /** @param getDelegate asked anew for each query, since it differs within a transaction */
  protected constructor(
    getDelegate: () => ModelDelegate<Row, Data, Changes, Where>,
    settings: RepositorySettings,
  ) {
    this.#getDelegate = getDelegate;
    this.#settings = settings;
  }

  protected abstract toModel(row: Row): Model;

  /** The filter that a query stands for; every query goes through it. */
  protected abstract applyQueryParams(query: Partial<Query>): Where;

  async create(data: Data): Promise<Model> {
    return this.toModel(await this.#delegate.create({ data }));
  }

  async get(id: number): Promise<Model> {
    return this.#found(await this.#delegate.findFirst({ where: this.#byId(id), orderBy: ORDER }));
  }

  async find(query: Query): Promise<Model> {
    const where = this.applyQueryParams(query);
    return this.#found(await this.#delegate.findFirst({ where, orderBy: ORDER }));
  }

  getAll(query: Partial<Query> & ListOptions = {}): Promise<Page<Model> | Itemization<Model>> {
    const where = this.applyQueryParams(query);
    return query.itemize ? this.#itemize(where) : this.#paginate(where, query);
  }

  count(query: Partial<Query> = {}): Promise<number> {
    return Promise.resolve(this.#delegate.count({ where: this.applyQueryParams(query) }));
  }

  async exists(query: Query): Promise<boolean> {
    const where = this.applyQueryParams(query);
    return (await this.#delegate.findFirst({ where, orderBy: ORDER })) !== null;
  }

  async update(id: number, changes: Changes, versions?: readonly number[]): Promise<Model> {
    const where = this.#byId(id, versions);
    const data = { ...changes, updatedAt: new Date(), version: { increment: 1 } };
    const [row] = await this.#delegate.updateManyAndReturn({ where, data });
    if (row === undefined) await this.#refuseStale(id, versions);
    return this.#found(row);
  }

  async delete(id: number, versions?: readonly number[]): Promise<void> {
    const { count } = await this.#delegate.deleteMany({ where: this.#byId(id, versions) });
    if (count > 0) return;
    await this.#refuseStale(id, versions);
    throw new NotFoundException(this.notFoundMessage);
  }

  async deleteAll(query: Query): Promise<number> {
    const where = this.applyQueryParams(query);
    if (Object.keys(where).length === 0) {
      throw new InvalidInputException('Deleting everything is refused: a filter is needed');
    }
    return (await this.#delegate.deleteMany({ where })).count;
  }

  async #paginate(where: Where, options: ListOptions): Promise<Page<Model>> {
    const page = options.page ?? this.defaultPage;
    const perPage = Math.min(options.perPage ?? this.defaultPerPage, MAX_PER_PAGE);
    const total = await this.#delegate.count({ where });
    const skip = (page - 1) * perPage;
    // Past the last page the offset may be larger than the database takes.
    const rows =
      skip < total
        ? await this.#delegate.findMany({ where, orderBy: ORDER, skip, take: perPage })
        : [];
    return { total, page, perPage, items: rows.map((row) => this.toModel(row)) };
  }

  async #itemize(where: Where): Promise<Itemization<Model>> {
    const limit = this.#settings.ITEMIZE_LIMIT;
    const rows = await this.#delegate.findMany({ where, orderBy: ORDER, take: limit + 1 });
    if (rows.length > limit) {
      throw new InvalidInputException(`There are more than ${limit} items: ask for pages instead`);
    }
    return { items: rows.map((row) => this.toModel(row)) };
  }

  get #delegate(): ModelDelegate<Row, Data, Changes, Where> {
    return this.#getDelegate();
  }

  #byId(id: number, versions?: readonly number[]): Target {
    if (!Number.isInteger(id) || id < 1 || id > MAX_ID) {
      throw new NotFoundException(this.notFoundMessage);
    }
    return versions ? { id, version: { in: [...versions] } } : { id };
  }

  /** Says that there is another version, if there is one. */
  async #refuseStale(id: number, versions: readonly number[] | undefined): Promise<void> {
    if (versions === undefined) return;
    await this.get(id);
    throw new StaleVersionException();
  }

  #found(row: Row | null | undefined): Model {
    if (row === null || row === undefined) throw new NotFoundException(this.notFoundMessage);
    return this.toModel(row);
  }
}
