import { setTimeout as sleep } from 'node:timers/promises';
import { asValue } from 'awilix';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createApp } from '../../../src/create-app.ts';
import { UnavailableException } from '../../../src/domain/exceptions.ts';
import { ServiceContext } from '../../../src/domain/models/service-context.ts';
import { type Settings, testConfig } from '../../support/test-config.ts';

const POLL_MS = 5;

/** An instance of the service, on a database that holds what `get` gives. */
async function startInstance(get: () => Promise<ServiceContext>, settings: Settings = {}) {
  const repository = { get: vi.fn(get), update: () => Promise.reject(new Error('not used')) };
  const app = await createApp(testConfig({ MAINTENANCE_POLL_MS: POLL_MS, ...settings }), {
    serviceContextRepository: asValue(repository),
  });
  onTestFinished(() => app.close());
  const warn = vi.spyOn(app.log, 'warn');
  await app.ready();
  return { app, reads: repository.get, warn };
}

function context(maintenance: boolean): ServiceContext {
  return new ServiceContext({
    maintenance,
    reason: null,
    retryAfterSeconds: 1,
    updatedAt: new Date(),
  });
}

type Instance = Awaited<ReturnType<typeof startInstance>>;

async function isOpen({ app }: Instance): Promise<boolean> {
  const { detail } = (await app.inject('/v1/unknown')).json<{ detail: string }>();
  return detail === 'Service is currently enduring maintenance';
}

/** What an instance answers that does not know the state: alive, but of no use yet. */
async function expectUnavailable({ app }: Instance, reason: string): Promise<void> {
  const response = await app.inject('/v1/unknown');
  expect(response.statusCode).toBe(503);
  expect(response.headers['retry-after']).toBe('5');
  expect(response.json()).toMatchObject({ error_message: reason });
  expect((await app.inject('/health/live')).statusCode).toBe(200);
}

/** Waits until the instance has read the state again from its beginning. */
async function nextPoll({ reads }: Instance): Promise<void> {
  const before = reads.mock.settledResults.length;
  await expect.poll(() => reads.mock.settledResults.length).toBeGreaterThan(before + 1);
}

it('an instance knows the state before it answers its first request', async () => {
  const instance = await startInstance(async () => {
    await sleep(100);
    return context(true);
  });

  expect(await isOpen(instance)).toBe(true);
});

it('an instance starts while the database does not answer, and refuses requests', async () => {
  const never = () => new Promise<never>(() => undefined);
  const instance = await startInstance(never, { HANDLER_TIMEOUT_MS: 100 });

  await expectUnavailable(instance, 'The answer took too long');
});

it('an instance follows what another one changed', async () => {
  let maintenance = false;
  const instance = await startInstance(async () => context(maintenance));
  expect(await isOpen(instance)).toBe(false);

  maintenance = true;
  await nextPoll(instance);
  expect(await isOpen(instance)).toBe(true);
});

it('requests do not ask the database', async () => {
  const instance = await startInstance(async () => context(true));
  await instance.app.inject('/v1/service-context'); // the next poll is some milliseconds away
  const before = instance.reads.mock.calls.length;

  await Promise.all(Array.from({ length: 50 }, () => isOpen(instance)));
  expect(instance.reads.mock.calls.length - before).toBeLessThan(50);
});

it('the last known state stays while the database cannot be read, with one warning', async () => {
  let isReachable = true;
  const instance = await startInstance(async () => {
    if (!isReachable) throw new Error('unreachable');
    return context(true);
  });

  isReachable = false;
  await nextPoll(instance);
  await nextPoll(instance);
  expect(await isOpen(instance)).toBe(true);
  expect(instance.warn).toHaveBeenCalledOnce();

  isReachable = true;
  await nextPoll(instance);
  isReachable = false;
  await nextPoll(instance);
  expect(instance.warn).toHaveBeenCalledTimes(2);
});

it.each([true, false])(
  'an instance starts without a database, and takes requests once it knows the state (%s)',
  async (maintenance) => {
    let isReachable = false;
    const instance = await startInstance(async () => {
      if (!isReachable) throw new UnavailableException('The database cannot be reached');
      return context(maintenance);
    });
    await expectUnavailable(instance, 'The database cannot be reached');

    isReachable = true;
    expect(await isOpen(instance)).toBe(maintenance);
  },
);

describe('while a read takes long', () => {
  async function startSlowInstance() {
    let isSlow = false;
    let answer: (read: ServiceContext) => void = () => undefined;
    const instance = await startInstance(() =>
      isSlow ? new Promise((resolve) => (answer = resolve)) : Promise.resolve(context(false)),
    );
    isSlow = true;
    await expect
      .poll(() => instance.reads.mock.settledResults.at(-1))
      .toMatchObject({ type: 'incomplete' });
    return {
      ...instance,
      answer: () => {
        answer(context(true));
      },
    };
  }

  it('no other one starts', async () => {
    const instance = await startSlowInstance();
    const before = instance.reads.mock.calls.length;
    await sleep(10 * POLL_MS);
    expect(instance.reads).toHaveBeenCalledTimes(before);

    instance.answer();
    await expect.poll(() => isOpen(instance)).toBe(true);
  });

  it('the instance can be closed, and starts none afterwards', async () => {
    const { app, reads, answer } = await startSlowInstance();
    const before = reads.mock.calls.length;
    await app.close();
    answer();
    await sleep(10 * POLL_MS);

    expect(reads).toHaveBeenCalledTimes(before);
  });
});

it('a closed instance polls no longer', async () => {
  const { app, reads } = await startInstance(async () => context(false));
  await app.close();
  const before = reads.mock.calls.length;
  await sleep(10 * POLL_MS);

  expect(reads).toHaveBeenCalledTimes(before);
});
