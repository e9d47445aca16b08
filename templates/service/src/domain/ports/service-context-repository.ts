import type { ServiceContext, ServiceContextChanges } from '../models/service-context.ts';

/** Where the state lives that all instances share. */
export interface ServiceContextRepository {
  get(): Promise<ServiceContext>;
  update(changes: ServiceContextChanges): Promise<ServiceContext>;
}
