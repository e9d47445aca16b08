import { DEFAULT_PAGE, DEFAULT_PER_PAGE, MAX_ID, MAX_PER_PAGE } from '../../domain/constants.ts';
import { InvalidInputException, NotFoundException } from '../../domain/exceptions.ts';
import type { Itemization, ListOptions, Page, Repository } from '../../domain/ports/repository.ts';

/** What a repository needs of a Prisma model; every generated delegate has it. */
export interface ModelDelegate<Row, Create, Update, Where> {
  create(args: { data: Create }): PromiseLike<Row>;
  findFirst(args: { where: Where | ById; orderBy: Order }): PromiseLike<Row | null>;
  findMany(args: { where: Where; orderBy: Order; skip?: number; take: number }): PromiseLike<Row[]>;
  updateManyAndReturn(args: { where: ById; data: Update }): PromiseLike<Row[]>;
  deleteMany(args: { where: Where | ById }): PromiseLike<{ count: number }>;
  count(args: { where: Where }): PromiseLike<number>;
}

interface ById {
  id: number;
}

interface Order {
  id: 'asc';
}

export interface RepositorySettings {
  ITEMIZE_LIMIT: number;
}

const ORDER: Order = { id: 'asc' };

/** The repository of one Prisma model that has an integer `id` and an `updatedAt`. */
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
  readonly #delegate: ModelDelegate<Row, Data, Changes & { updatedAt: Date }, Where>;
  readonly #settings: RepositorySettings;

  protected constructor(
    delegate: ModelDelegate<Row, Data, Changes & { updatedAt: Date }, Where>,
    settings: RepositorySettings,
  ) {
    this.#delegate = delegate;
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

  async update(id: number, changes: Changes): Promise<Model> {
    const data = { ...changes, updatedAt: new Date() };
    const [row] = await this.#delegate.updateManyAndReturn({ where: this.#byId(id), data });
    return this.#found(row);
  }

  async delete(id: number): Promise<void> {
    const { count } = await this.#delegate.deleteMany({ where: this.#byId(id) });
    if (count === 0) throw new NotFoundException(this.notFoundMessage);
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

  #byId(id: number): ById {
    if (Number.isInteger(id) && id >= 1 && id <= MAX_ID) return { id };
    throw new NotFoundException(this.notFoundMessage);
  }

  #found(row: Row | null | undefined): Model {
    if (row === null || row === undefined) throw new NotFoundException(this.notFoundMessage);
    return this.toModel(row);
  }
}
