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
  #changes = 0;

  constructor({
    serviceContextRepository,
  }: {
    serviceContextRepository: ServiceContextRepository;
  }) {
    this.#repository = serviceContextRepository;
  }

  /** What this instance knows, without asking the database; undefined until it was read once. */
  get lastKnown(): ServiceContext | undefined {
    return this.#lastKnown;
  }

  get(): Promise<ServiceContext> {
    return this.#repository.get();
  }

  /** Reads what other instances may have changed. */
  async refresh(): Promise<void> {
    const changes = this.#changes;
    const read = await this.#repository.get();
    // What was read before a change of our own is out of date.
    if (changes === this.#changes) this.#lastKnown = read;
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
}

/** Counts characters as PostgreSQL and JSON Schema do. */
function isReason(text: string): boolean {
  return text !== '' && Array.from(text).length <= MAX_REASON_LENGTH;
}
