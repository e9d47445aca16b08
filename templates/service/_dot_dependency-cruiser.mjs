/**
 * The dependency rule: each layer imports only what is further in.
 *
 *     composition root → http → api → services → domain ← infrastructure
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */
export default {
  forbidden: [
    {
      name: 'domain-imports-nothing',
      comment: 'The domain is the core: it knows no layer, no library and no runtime.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { pathNot: '^src/domain/' },
    },
    {
      name: 'services-import-domain',
      comment: 'Use cases speak to the outside through the ports of the domain only.',
      severity: 'error',
      from: { path: '^src/services/' },
      to: { pathNot: '^src/(services|domain)/' },
    },
    {
      name: 'infrastructure-imports-domain',
      comment: 'Infrastructure implements the ports of the domain and knows no use case.',
      severity: 'error',
      from: { path: '^src/infrastructure/' },
      to: { path: '^src/', pathNot: '^src/(infrastructure|domain)/' },
    },
    {
      name: 'api-imports-services-and-domain',
      comment: 'Controllers reach the database through services, never directly.',
      severity: 'error',
      from: { path: '^src/api/' },
      to: { path: '^src/', pathNot: '^src/(api|services|domain)/' },
    },
    {
      name: 'http-imports-api-services-and-domain',
      comment: 'What surrounds every request knows neither the database nor the configuration.',
      severity: 'error',
      from: { path: '^src/http/' },
      to: { path: '^src/', pathNot: '^src/(http|api|services|domain)/' },
    },
    {
      name: 'http-stays-in-composition-root',
      comment: 'Only the composition root puts the web server together.',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: '^src/http/' },
      to: { path: '^src/http/' },
    },
    {
      name: 'prisma-stays-in-infrastructure',
      comment: 'Only the infrastructure knows which database library is used.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/infrastructure/' },
      to: { path: ['(^|/)@prisma/', '^src/infrastructure/databases/generated/'] },
    },
    {
      name: 'container-stays-in-composition-root',
      comment: 'Inner code receives its dependencies as arguments; it never asks the container.',
      severity: 'error',
      from: { path: '^src/(domain|services|infrastructure|api|http)/' },
      to: { path: ['(^|/)awilix($|/)', '^src/([^/]+$|resources/)'] },
    },
    {
      name: 'fastify-stays-outside',
      comment: 'Services and infrastructure work without a web server.',
      severity: 'error',
      from: { path: '^src/(domain|services|infrastructure)/' },
      to: { path: '(^|/)(fastify|@fastify)($|/)' },
    },
    {
      name: 'no-circular',
      comment: 'A cycle makes the order of loading matter and the parts inseparable.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-dev-dependencies',
      comment: 'What runs in production must be installed in production.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/infrastructure/databases/generated/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'not-unresolvable',
      comment: 'An import that leads nowhere would be left unchecked by the other rules.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', 'src/infrastructure/databases/generated'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
