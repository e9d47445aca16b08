import { DEFAULT_RETRY_AFTER_SECONDS, MAX_REASON_LENGTH } from '../domain/constants.ts';
import { InvalidInputException } from '../domain/exceptions.ts';
import type { ServiceContext, ServiceContextChanges } from '../domain/models/service-context.ts';
import type { ServiceContextRepository } from '../domain/ports/service-context-repository.ts';

const CLOSED: ServiceContextChanges = {
  maintenance: false,
  reason: null,
  retryAfterSeconds: DEFAULT_RETRY_AFTER_SECONDS,
};

/** The maintenance window: what the database holds, and what this instance knows of it. */
export class ServiceContextService {
  readonly #repository: ServiceContextRepository;
  #lastKnown: ServiceContext | undefined;
  #reading: Promise<ServiceContext> | undefined;
  #changes = 0;

  constructor({
    serviceContextRepository,
  }: {
    serviceContextRepository: ServiceContextRepository;
  }) {
    this.#repository = serviceContextRepository;
  }

  /** What this instance knows. It asks the database only until it has read it once. */
  async lastKnown(): Promise<ServiceContext> {
    return this.#lastKnown ?? (await this.refresh());
  }

  get(): Promise<ServiceContext> {
    return this.#repository.get();
  }

  /** Reads what other instances may have changed. Concurrent callers share one read. */
  refresh(): Promise<ServiceContext> {
    this.#reading ??= this.#read().finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  /**
   * Opens, alters or closes the window. Closing it forgets the reason and the time to retry after.
   *
   * @throws {InvalidInputException} when the reason is empty or too long
   */
  async change(changes: ServiceContextChanges): Promise<ServiceContext> {
    const { maintenance, reason } = changes;
    if (typeof reason === 'string' && !isReason(reason)) {
      throw new InvalidInputException(`A reason has 1 to ${MAX_REASON_LENGTH} characters`);
    }
    const changed = await this.#repository.update(maintenance ? changes : CLOSED);
    this.#changes += 1;
    this.#lastKnown = changed;
    return changed;
  }

  async #read(): Promise<ServiceContext> {
    const changes = this.#changes;
    const read = await this.#repository.get();
    // What was read before a change of our own is out of date.
    if (this.#lastKnown === undefined || changes === this.#changes) this.#lastKnown = read;
    return this.#lastKnown;
  }
}

/** Counts characters as PostgreSQL and JSON Schema do. */
function isReason(text: string): boolean {
  return text !== '' && Array.from(text).length <= MAX_REASON_LENGTH;
}
