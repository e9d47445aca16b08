import type { Dependencies } from '../dependency-container.ts';

/** Identifies a window that a killed run left open. */
const REASON = 'Database migration (migrate-in-window)';

type Needs = Pick<Dependencies, 'database' | 'serviceContextService'>;
type State = 'closed' | 'left-open' | 'open' | 'missing';

/** The maintenance window as one run of migrate-in-window finds and uses it. */
export class MigrationWindow {
  readonly #service: Needs['serviceContextService'];
  readonly #found: State;

  private constructor(service: Needs['serviceContextService'], found: State) {
    this.#service = service;
    this.#found = found;
  }

  static async find(dependencies: Needs): Promise<MigrationWindow> {
    const found = await findState(dependencies);
    if (found === 'left-open') {
      console.log(
        'The maintenance window was left open by a migrate-in-window that did not finish.',
      );
    }
    return new MigrationWindow(dependencies.serviceContextService, found);
  }

  /** @returns whether instances may be running that have to notice */
  async open(): Promise<boolean> {
    if (this.#found === 'missing') {
      console.log(
        'The table service_context does not exist yet, so no instance is serving requests.',
      );
      return false;
    }
    if (this.#found === 'open') {
      console.log('The maintenance window is already open and will stay open.');
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
      console.log('The maintenance window stays open, as before.');
    } else if (this.#found !== 'missing') {
      await this.#service.change({ maintenance: false });
      console.log('The maintenance window is closed.');
    }
  }
}

async function findState({ database, serviceContextService }: Needs): Promise<State> {
  if (!(await database.tableNames()).includes('service_context')) return 'missing';
  const { maintenance, reason } = await serviceContextService.get();
  if (!maintenance) return 'closed';
  return reason === REASON ? 'left-open' : 'open';
}
