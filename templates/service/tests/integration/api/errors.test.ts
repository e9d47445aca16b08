import { type AddressInfo, createServer, type Server } from 'node:net';
import type { FastifyInstance } from 'fastify';
import {
  afterAll,
  beforeAll,
  beforeEach,
  describe,
  expect,
  inject,
  it,
  onTestFinished,
  vi,
} from 'vitest';
import { createApp } from '../../../src/create-app.ts';
import { ClientException, NotFoundException } from '../../../src/domain/exceptions.ts';
import { useTestApp } from '../../support/test-app.ts';
import { type Settings, testConfig } from '../../support/test-config.ts';

const app = useTestApp({ DATABASE_POOL_SIZE: 1 });
const { kind } = inject('testServer');

type Work = (service: FastifyInstance) => unknown;
let work: Work;

/** What the service answers when one of its handlers does some work. */
async function answerTo(doWork: Work, service = app()) {
  work = doWork;
  const response = await service.inject('/work');
  return {
    status: response.statusCode,
    retryAfter: response.headers['retry-after'],
    problem: response.json<unknown>(),
  };
}

function problem(status: number, title: string, message: string) {
  return { type: 'about:blank', title, status, detail: message, error_message: message };
}

function addWorkRoute(service: FastifyInstance): void {
  service.get('/work', async () => {
    await work(service);
    return {};
  });
}

function execute(sql: string, ...values: unknown[]): Work {
  return ({ container }) => container.cradle.database.client.$executeRawUnsafe(sql, ...values);
}

function fail(sqlState: string): string {
  return `DO $$ BEGIN RAISE EXCEPTION 'secret' USING ERRCODE = '${sqlState}'; END $$`;
}

beforeAll(async () => {
  addWorkRoute(app());
  for (const statement of [
    'CREATE TABLE _parent (id SMALLINT PRIMARY KEY, code VARCHAR(3))',
    'CREATE TABLE _child (parent_id SMALLINT REFERENCES _parent DEFERRABLE)',
    'INSERT INTO _parent VALUES (1)',
    'INSERT INTO _child VALUES (1)',
    'CREATE SEQUENCE attempts',
    `CREATE FUNCTION conflict(times INT) RETURNS VOID LANGUAGE plpgsql AS $$
      BEGIN
        IF nextval('attempts') <= times THEN
          RAISE EXCEPTION 'secret' USING ERRCODE = 'serialization_failure';
        END IF;
      END $$`,
  ]) {
    await execute(statement)(app());
  }
});

describe('an error', () => {
  it('is problem+json with an error_message', async () => {
    const response = await app().inject('/unknown');

    expect(response.statusCode).toBe(404);
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(response.json()).toEqual(problem(404, 'Not Found', 'There is no GET /unknown'));
  });

  it('of a malformed URL is problem+json too', async () => {
    const response = await app().inject('/%zz');

    expect(response.statusCode).toBe(400);
    expect(response.headers['content-type']).toContain('application/problem+json');
  });
});

describe('what the caller can fix', () => {
  const duplicate = problem(409, 'Conflict', 'A resource with these values already exists');
  const reference = problem(
    409,
    'Conflict',
    'The resource refers to one that does not exist, or another one refers to it',
  );
  const outOfRange = problem(400, 'Bad Request', 'A value is out of range');
  const notStorable = problem(
    400,
    'Bad Request',
    'A text contains characters that cannot be stored',
  );
  const notFound = problem(404, 'Not Found', 'There is no such note');

  it.each<[string, Work, { status: number }]>([
    ['not found', () => Promise.reject(new NotFoundException('There is no such note')), notFound],
    ['a duplicate', execute('INSERT INTO _parent VALUES (1)'), duplicate],
    ['a reference to nothing', execute('INSERT INTO _child VALUES (2)'), reference],
    ['the deletion of what is referred to', execute('DELETE FROM _parent'), reference],
    ['the deletion of what has to stay', execute(fail('23001')), reference],
    ['a number out of range', execute('INSERT INTO _parent VALUES ($1)', 70_000), outOfRange],
    ['too long a text', execute("INSERT INTO _parent VALUES (2, 'long')"), outOfRange],
    ['a text with NUL', execute('INSERT INTO _parent VALUES (2, $1)', 'a\0b'), notStorable],
  ])('%s', async (_title, doWork, expected) => {
    expect(await answerTo(doWork)).toEqual({
      status: expected.status,
      retryAfter: undefined,
      problem: expected,
    });
  });

  it('a reference to nothing that is found at the end of a transaction', async () => {
    const doWork: Work = (service) =>
      service.container.cradle.unitOfWork.run(async () => {
        await execute('SET CONSTRAINTS ALL DEFERRED')(service);
        await execute('INSERT INTO _child VALUES (2)')(service);
      });

    expect((await answerTo(doWork)).problem).toEqual(reference);
  });
});

describe('what may be better later', () => {
  function unavailable(message: string) {
    return {
      status: 503,
      retryAfter: '5',
      problem: problem(503, 'Service Unavailable', message),
    };
  }

  const notReachable = unavailable('The database cannot be reached');
  const tooSlow = unavailable('The database took too long');

  /** The service with a short timeout, once its only connection is open. */
  async function startWith(timeout: Settings): Promise<FastifyInstance> {
    const service = await createApp(
      testConfig({
        DATABASE_URL: app().container.cradle.config.database.url,
        DATABASE_POOL_SIZE: 1,
        ...timeout,
      }),
    );
    onTestFinished(() => service.close());
    addWorkRoute(service);
    await vi.waitFor(() => service.container.cradle.database.checkReadiness(), 600_000);
    return service;
  }

  it('the pool is exhausted', async () => {
    const service = await startWith({ DATABASE_ACQUIRE_TIMEOUT_MS: 500 });
    const { unitOfWork } = service.container.cradle;
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    let occupied: Promise<unknown> | undefined;
    await new Promise<void>((begun) => {
      const hold = () => {
        begun();
        return released;
      };
      occupied = Promise.allSettled([unitOfWork.run(hold)]);
    });
    const answer = await answerTo(execute('SELECT 1'), service);
    release();
    await occupied;

    expect(answer).toEqual(unavailable('The database is busy: no connection became free in time'));
  });

  it.skipIf(kind === 'embedded')(
    'a statement takes too long (the embedded PostgreSQL has no time-out)',
    async () => {
      const service = await startWith({ DATABASE_STATEMENT_TIMEOUT_MS: 800 });

      expect(await answerTo(execute('SELECT pg_sleep(10)'), service)).toEqual(tooSlow);
    },
  );

  it('a transaction takes too long', async () => {
    const service = await startWith({ DATABASE_STATEMENT_TIMEOUT_MS: 800 });
    const doWork: Work = ({ container }) =>
      container.cradle.unitOfWork.run(async () => {
        for (;;) await execute('SELECT 1')(service);
      });

    expect(await answerTo(doWork, service)).toEqual(tooSlow);
  });

  it.each([
    ['08006', notReachable],
    ['53300', notReachable],
    ['57P01', notReachable],
    ['57P05', notReachable],
    ['25P03', tooSlow],
    ['25006', unavailable('The database is read-only')],
    ['42P01', unavailable('A table is missing: apply the migrations')],
    ['53100', unavailable('The database is out of resources')],
    ['55P03', unavailable('The data is locked by another transaction')],
  ])('the database says %s', async (sqlState, expected) => {
    expect(await answerTo(execute(fail(sqlState)))).toEqual(expected);
  });

  it('a service that this one depends on fails', async () => {
    const doWork = () => {
      throw new ClientException('billing', { cause: new Error('secret') });
    };

    expect(await answerTo(doWork)).toEqual(unavailable('The service "billing" is not available'));
  });

  describe('the database', () => {
    const servers: Server[] = [];

    /** The service on a server that does something else with connections than PostgreSQL. */
    async function serviceOn(connected: (server: Server) => Server): Promise<FastifyInstance> {
      const server = connected(createServer()).listen(0, '127.0.0.1');
      servers.push(server);
      await new Promise((resolve) => server.once('listening', resolve));
      const { port } = server.address() as AddressInfo;
      const service = await createApp(
        testConfig({
          DATABASE_URL: `postgresql://nobody@127.0.0.1:${port}/none`,
          DATABASE_ACQUIRE_TIMEOUT_MS: 100,
        }),
      );
      addWorkRoute(service);
      return service;
    }

    afterAll(() => {
      for (const server of servers) server.close();
    });

    it('is down', async () => {
      const service = await createApp(testConfig({}));
      addWorkRoute(service);

      expect(await answerTo(execute('SELECT 1'), service)).toEqual(notReachable);
      await service.close();
    });

    it('hangs up', async () => {
      const service = await serviceOn((server) =>
        server.on('connection', (socket) => socket.end()),
      );

      expect(await answerTo(execute('SELECT 1'), service)).toEqual(notReachable);
      await service.close();
    });

    it('breaks connections', async () => {
      const service = await serviceOn((server) =>
        server.on('connection', (socket) => socket.resetAndDestroy()),
      );

      expect(await answerTo(execute('SELECT 1'), service)).toEqual(notReachable);
      await service.close();
    });

    it('does not answer', async () => {
      const service = await serviceOn((server) => server);

      expect(await answerTo(execute('SELECT 1'), service)).toEqual(notReachable);
      await service.close();
    });
  });
});

describe('a write conflict', () => {
  const cases: [string, (conflict: Work) => Work][] = [
    ['a statement', (conflict) => conflict],
    [
      'a transaction',
      (conflict) => (service) =>
        service.container.cradle.unitOfWork.run(async () => {
          await execute('SELECT 1')(service);
          await conflict(service);
        }),
    ],
  ];

  async function attempts(): Promise<unknown> {
    const rows = await app().container.cradle.database.client.$queryRaw<{ value: number }[]>`
      SELECT nextval('attempts')::int - 1 AS value`;
    return rows[0]?.value;
  }

  beforeEach(async () => {
    await execute('ALTER SEQUENCE attempts RESTART')(app());
  });

  it.each(cases)('lets %s run again', async (_title, withConflict) => {
    const answer = await answerTo(withConflict(execute('SELECT conflict(3)')));

    expect(answer.status).toBe(200);
    expect(await attempts()).toBe(4);
  });

  it.each(cases)('that persists in %s is answered with 409', async (_title, withConflict) => {
    const answer = await answerTo(withConflict(execute('SELECT conflict(1000)')));

    expect(answer.problem).toEqual(
      problem(409, 'Conflict', 'Concurrent changes to the same data; try again'),
    );
    expect(await attempts()).toBe(5);
  });

  it('may be a deadlock', async () => {
    expect((await answerTo(execute(fail('40P01')))).status).toBe(409);
  });
});

describe('anything else', () => {
  it.each<[string, Work]>([
    ['an error of the program', () => Promise.reject(new Error('secret'))],
    ['an error in a statement', execute('SELECT secret')],
    ['an error of the database', execute(fail('XX000'))],
  ])('%s is answered with 500 and nothing more', async (_title, doWork) => {
    expect(await answerTo(doWork)).toEqual({
      status: 500,
      retryAfter: undefined,
      problem: problem(500, 'Internal Server Error', 'Internal server error'),
    });
  });
});
