import { DEFAULT_PAGE, DEFAULT_PER_PAGE, MAX_ID, MAX_PER_PAGE } from '../../domain/constants.ts';
import {
  InvalidInputException,
  NotFoundException,
  StaleVersionException,
} from '../../domain/exceptions.ts';
import type {
  EntityTypes,
  Itemization,
  ListOptions,
  Page,
  Repository,
  VersionCondition,
} from '../../domain/ports/repository.ts';

/** The types that belong to one entity, with those that Prisma generates for its table. */
export interface RecordTypes extends EntityTypes {
  row: unknown;
  where: object;
}

/** What a repository needs of a Prisma model; every generated delegate has it. */
export interface ModelDelegate<Types extends RecordTypes> {
  create(args: { data: Types['data'] }): PromiseLike<Types['row']>;
  findFirst(args: {
    where: Types['where'] | Target;
    orderBy: Order;
  }): PromiseLike<Types['row'] | null>;
  findMany(args: {
    where: Types['where'];
    orderBy: Order;
    skip?: number;
    take: number;
  }): PromiseLike<Types['row'][]>;
  updateManyAndReturn(args: {
    where: Target;
    data: Types['changes'] & Touch;
  }): PromiseLike<Types['row'][]>;
  deleteMany(args: { where: Types['where'] | Target }): PromiseLike<{ count: number }>;
  count(args: { where: Types['where'] }): PromiseLike<number>;
}

interface Target {
  id: number;
  version?: { in?: number[]; notIn?: number[] };
}

interface Touch {
  updatedAt: Date;
  version: { increment: number };
}

type Order = Record<string, 'asc' | 'desc'>[];

export interface RepositorySettings {
  lists: { itemizeLimit: number };
}

const BY_ID: Order = [{ id: 'asc' }];

/** The repository of one Prisma model that has an integer `id`, a `version` and an `updatedAt`. */
export abstract class PrismaRepository<Types extends RecordTypes> implements Repository<Types> {
  protected readonly notFoundMessage: string = 'The requested resource was not found';
  protected readonly defaultPage: number = DEFAULT_PAGE;
  protected readonly defaultPerPage: number = DEFAULT_PER_PAGE;
  readonly #getDelegate: () => ModelDelegate<Types>;
  readonly #settings: RepositorySettings;

  /** @param getDelegate called for each query, since the delegate differs within a transaction */
  protected constructor(getDelegate: () => ModelDelegate<Types>, settings: RepositorySettings) {
    this.#getDelegate = getDelegate;
    this.#settings = settings;
  }

  protected abstract toModel(row: Types['row']): Types['model'];

  /** The filter for a query; every query goes through it. */
  protected abstract applyQueryParams(query: Types['query']): Types['where'];

  async create(data: Types['data']): Promise<Types['model']> {
    return this.toModel(await this.#delegate.create({ data }));
  }

  async get(id: number): Promise<Types['model']> {
    return this.#found(await this.#delegate.findFirst({ where: this.#byId(id), orderBy: BY_ID }));
  }

  async find(query: Types['query']): Promise<Types['model']> {
    const where = this.applyQueryParams(query);
    return this.#found(await this.#delegate.findFirst({ where, orderBy: BY_ID }));
  }

  getAll(
    query: Types['query'] & ListOptions<Types['model']> = {},
  ): Promise<Page<Types['model']> | Itemization<Types['model']>> {
    const where = this.applyQueryParams(query);
    return query.itemize ? this.#itemize(where, query) : this.#paginate(where, query);
  }

  count(query: Types['query'] = {}): Promise<number> {
    return Promise.resolve(this.#delegate.count({ where: this.applyQueryParams(query) }));
  }

  async exists(query: Types['query']): Promise<boolean> {
    const where = this.applyQueryParams(query);
    return (await this.#delegate.findFirst({ where, orderBy: BY_ID })) !== null;
  }

  async update(
    id: number,
    changes: Types['changes'],
    condition: VersionCondition = {},
  ): Promise<Types['model']> {
    const where = this.#byId(id, condition);
    const data = { ...changes, updatedAt: new Date(), version: { increment: 1 } };
    const [row] = await this.#delegate.updateManyAndReturn({ where, data });
    if (row === undefined) await this.#refuseStale(id, condition);
    return this.#found(row);
  }

  async delete(id: number, condition: VersionCondition = {}): Promise<void> {
    const { count } = await this.#delegate.deleteMany({ where: this.#byId(id, condition) });
    if (count > 0) return;
    await this.#refuseStale(id, condition);
    throw new NotFoundException(this.notFoundMessage);
  }

  async deleteAll(query: Types['query']): Promise<number> {
    const where = this.applyQueryParams(query);
    if (Object.keys(where).length === 0) {
      throw new InvalidInputException('Deleting everything is refused: a filter is needed');
    }
    return (await this.#delegate.deleteMany({ where })).count;
  }

  async #paginate(
    where: Types['where'],
    options: ListOptions<Types['model']>,
  ): Promise<Page<Types['model']>> {
    const page = options.page ?? this.defaultPage;
    const perPage = Math.min(options.perPage ?? this.defaultPerPage, MAX_PER_PAGE);
    const total = await this.#delegate.count({ where });
    const skip = (page - 1) * perPage;
    // Past the last page the offset may be larger than the database takes.
    const rows =
      skip < total
        ? await this.#delegate.findMany({ where, orderBy: orderOf(options), skip, take: perPage })
        : [];
    return { total, page, perPage, items: rows.map((row) => this.toModel(row)) };
  }

  async #itemize(
    where: Types['where'],
    options: ListOptions<Types['model']>,
  ): Promise<Itemization<Types['model']>> {
    const limit = this.#settings.lists.itemizeLimit;
    const orderBy = orderOf(options);
    const rows = await this.#delegate.findMany({ where, orderBy, take: limit + 1 });
    if (rows.length > limit) {
      throw new InvalidInputException(`There are more than ${limit} items: ask for pages instead`);
    }
    return { items: rows.map((row) => this.toModel(row)) };
  }

  get #delegate(): ModelDelegate<Types> {
    return this.#getDelegate();
  }

  #byId(id: number, { anyOf, noneOf }: VersionCondition = {}): Target {
    if (!Number.isInteger(id) || id < 1 || id > MAX_ID) {
      throw new NotFoundException(this.notFoundMessage);
    }
    if (!anyOf && !noneOf) return { id };
    return {
      id,
      version: { ...(anyOf && { in: [...anyOf] }), ...(noneOf && { notIn: [...noneOf] }) },
    };
  }

  /** Says that there is another version, if there is one. */
  async #refuseStale(id: number, { anyOf, noneOf }: VersionCondition): Promise<void> {
    if (!anyOf && !noneOf) return;
    await this.get(id);
    throw new StaleVersionException();
  }

  #found(row: Types['row'] | null | undefined): Types['model'] {
    if (row === null || row === undefined) throw new NotFoundException(this.notFoundMessage);
    return this.toModel(row);
  }
}

/** The id makes the order total: without it, pages could repeat an item or lack one. */
function orderOf<Model>({ sort = [] }: ListOptions<Model>): Order {
  const keys = sort.map(({ field, descending }) => ({
    [field]: descending ? ('desc' as const) : ('asc' as const),
  }));
  return [...keys, ...BY_ID];
}
