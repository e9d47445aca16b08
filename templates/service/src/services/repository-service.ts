import type {
  EntityTypes,
  Itemization,
  ListOptions,
  Page,
  Repository,
  VersionCondition,
} from '../domain/ports/repository.ts';

/** The use cases that every entity has; subclasses add their own. */
export abstract class RepositoryService<Types extends EntityTypes> {
  protected readonly repository: Repository<Types>;

  constructor(repository: Repository<Types>) {
    this.repository = repository;
  }

  create(data: Types['data']): Promise<Types['model']> {
    return this.repository.create(data);
  }

  get(id: number): Promise<Types['model']> {
    return this.repository.get(id);
  }

  getAll(
    query?: Types['query'] & ListOptions<Types['model']>,
  ): Promise<Page<Types['model']> | Itemization<Types['model']>> {
    return this.repository.getAll(query);
  }

  find(query: Types['query']): Promise<Types['model']> {
    return this.repository.find(query);
  }

  count(query?: Types['query']): Promise<number> {
    return this.repository.count(query);
  }

  exists(query: Types['query']): Promise<boolean> {
    return this.repository.exists(query);
  }

  update(
    id: number,
    changes: Types['changes'],
    condition?: VersionCondition,
  ): Promise<Types['model']> {
    return this.repository.update(id, changes, condition);
  }

  delete(id: number, condition?: VersionCondition): Promise<void> {
    return this.repository.delete(id, condition);
  }

  deleteAll(query: Types['query']): Promise<number> {
    return this.repository.deleteAll(query);
  }
}
