import type { Itemization, ListOptions, Page, Repository } from '../domain/ports/repository.ts';

/** The use cases that every entity has; subclasses add their own. */
export abstract class RepositoryService<Model, Data, Changes, Query> {
  protected readonly repository: Repository<Model, Data, Changes, Query>;

  constructor(repository: Repository<Model, Data, Changes, Query>) {
    this.repository = repository;
  }

  create(data: Data): Promise<Model> {
    return this.repository.create(data);
  }

  get(id: number): Promise<Model> {
    return this.repository.get(id);
  }

  getAll(query?: Query & ListOptions): Promise<Page<Model> | Itemization<Model>> {
    return this.repository.getAll(query);
  }

  find(query: Query): Promise<Model> {
    return this.repository.find(query);
  }

  count(query?: Query): Promise<number> {
    return this.repository.count(query);
  }

  exists(query: Query): Promise<boolean> {
    return this.repository.exists(query);
  }

  update(id: number, changes: Changes, versions?: readonly number[]): Promise<Model> {
    return this.repository.update(id, changes, versions);
  }

  delete(id: number, versions?: readonly number[]): Promise<void> {
    return this.repository.delete(id, versions);
  }

  deleteAll(query: Query): Promise<number> {
    return this.repository.deleteAll(query);
  }
}
