import { BaseModel } from './base-model.ts';

/** A change of the maintenance window; what is left out stays as it is. */
export interface ServiceContextChanges {
  maintenance: boolean;
  reason?: string | null;
  retryAfterSeconds?: number;
}

/** The state of the service that all its instances share. */
export class ServiceContext extends BaseModel {
  /** Whether the maintenance window is open. */
  readonly maintenance: boolean;
  readonly reason: string | null;
  /** The `Retry-After` of refused requests. */
  readonly retryAfterSeconds: number;
  readonly updatedAt: Date;

  constructor(fields: Required<ServiceContextChanges> & { updatedAt: Date }) {
    super();
    this.maintenance = fields.maintenance;
    this.reason = fields.reason;
    this.retryAfterSeconds = fields.retryAfterSeconds;
    this.updatedAt = fields.updatedAt;
  }
}
