import type { Dependencies } from '../dependency-container.ts';
import type { ServiceContextService } from '../services/service-context-service.ts';

/** By its reason a window is known that a killed run has left open. */
const REASON = 'Database migration (migrate-in-window)';

type State = 'closed' | 'left-open' | 'open' | 'missing';

/** The maintenance window as one run of migrate-in-window finds and uses it. */
export class MigrationWindow {
  readonly #service: ServiceContextService;
  readonly #found: State;

  private constructor(service: ServiceContextService, found: State) {
    this.#service = service;
    this.#found = found;
  }

  static async find(dependencies: Dependencies): Promise<MigrationWindow> {
    const found = await findState(dependencies);
    if (found === 'left-open') {
      console.log(
        'Found: the maintenance window, left open by a migrate-in-window that did not end.',
      );
    }
    return new MigrationWindow(dependencies.serviceContextService, found);
  }

  /** @returns whether there can be instances that have to notice */
  async open(): Promise<boolean> {
    if (this.#found === 'missing') {
      console.log('There is no table service_context yet, and so no instance at work.');
      return false;
    }
    if (this.#found === 'open') {
      console.log('The maintenance window is open already, and will stay open.');
    } else {
      await this.#service.change({ maintenance: true, reason: REASON });
      console.log('The maintenance window is open.');
    }
    return true;
  }

  async closeIfLeftOpen(): Promise<void> {
    if (this.#found === 'left-open') await this.close();
  }

  /** Closes it if a run of migrate-in-window opened it. */
  async close(): Promise<void> {
    if (this.#found === 'open') {
      console.log('The maintenance window stays open, as it was found.');
    } else if (this.#found !== 'missing') {
      await this.#service.change({ maintenance: false });
      console.log('The maintenance window is closed.');
    }
  }
}

async function findState({ database, serviceContextService }: Dependencies): Promise<State> {
  if (!(await database.tableNames()).includes('service_context')) return 'missing';
  const { maintenance, reason } = await serviceContextService.get();
  if (!maintenance) return 'closed';
  return reason === REASON ? 'left-open' : 'open';
}
