/**
 * The smallest service with the routes of a made one: Fastify, Prisma, and schemas for the bodies. It
 * uses the Prisma client of the made service that it is written into.
 */
export const MINIMAL_SERVICE = `
import { PrismaPg } from '@prisma/adapter-pg';
import Fastify from 'fastify';
import { PrismaClient } from '../src/infrastructure/databases/generated/client.ts';

const adapter = new PrismaPg({ connectionString: process.env.DATABASE_URL });
const { serviceContext, todo } = new PrismaClient({ adapter });
const app = Fastify({ logger: { level: process.env.LOG_LEVEL } });

const text = { type: 'string', maxLength: 255 };
const properties = { title: text, description: text, completed: { type: 'boolean' } };
const update = { type: 'object', additionalProperties: false, properties };
const create = { ...update, required: ['title'] };
const byId = ({ params }) => ({ id: Number(params.id) });

app.get('/health/live', async () => ({ status: 'ok' }));
app.get('/health/ready', async () => {
  await serviceContext.findFirst();
  return { status: 'ok' };
});

const maintenance = { type: 'object', properties: { maintenance: { type: 'boolean' } } };
app.get('/v1/service-context', () => serviceContext.findFirst());
app.patch('/v1/service-context', { schema: { body: maintenance } }, ({ body }) =>
  serviceContext.update({ where: { id: 1 }, data: body }),
);

app.post('/v1/todo', { schema: { body: create } }, ({ body }) => todo.create({ data: body }));
app.get('/v1/todo', () => todo.findMany({ take: 10 }));
app.get('/v1/todo/:id', (request) => todo.findUnique({ where: byId(request) }));
app.patch('/v1/todo/:id', { schema: { body: update } }, (request) =>
  todo.update({ where: byId(request), data: request.body }),
);
app.delete('/v1/todo/:id', (request) => todo.delete({ where: byId(request) }));

await app.listen({ host: process.env.HOST, port: Number(process.env.PORT) });
`;
