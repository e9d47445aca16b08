/**
 * The direction of imports:
 *
 *     create → generators → lib/run → lib/{git,merge} → lib/{files,options,package-manager,process} → lib/errors
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */
export default {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Modules that import each other can only be understood together.',
      severity: 'error',
      from: { pathNot: '^tools/' },
      to: { circular: true },
    },
    {
      name: 'no-circles-at-run-time',
      comment: 'Types that a made service imports have to be in the main file of their tool.',
      severity: 'error',
      from: { path: '^tools/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'lib-is-shared',
      comment:
        'The core knows neither a generator nor an entry point, so that the next one can use it.',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^(create|generators|scripts)/' },
    },
    {
      name: 'generators-know-no-entry-point',
      comment: 'A generator runs the same from every entry point.',
      severity: 'error',
      from: { path: '^generators/' },
      to: { path: '^(create|scripts)/' },
    },
    {
      name: 'generators-are-independent',
      comment:
        'A new service renders resources as well, an update renders both, and what a service is rendered from is shared.',
      severity: 'error',
      from: { path: '^generators/([^/]+)/', pathNot: '^generators/(app|update)/' },
      to: {
        path: '^generators/',
        pathNot: [
          '^generators/$1/',
          '^generators/app/(options|view|render-service|made-service)[.]ts$',
        ],
      },
    },
    {
      name: 'basics-know-nothing',
      comment: 'Errors and the files directly in lib are the lowest level.',
      severity: 'error',
      from: { path: '^lib/(errors/|[^/]+$)' },
      to: { path: '^lib/', pathNot: '^lib/(errors/|[^/]+$)' },
    },
    {
      name: 'building-blocks-are-independent',
      comment: 'Whoever changes how a file is written needs to know nothing of options.',
      severity: 'error',
      from: { path: '^lib/(files|options|package-manager|process)/' },
      to: { path: '^lib/', pathNot: ['^lib/$1/', '^lib/errors/', '^lib/[^/]+$'] },
    },
    {
      name: 'git-is-below-a-run',
      comment: 'Git runs as a process, and knows nothing of the run that uses it.',
      severity: 'error',
      from: { path: '^lib/git/' },
      to: { path: '^lib/(options|package-manager|merge|run)/' },
    },
    {
      name: 'merge-is-below-a-run',
      comment: 'A merge is given files, and knows nothing of the run that asks for it.',
      severity: 'error',
      from: { path: '^lib/merge/' },
      to: { path: '^lib/(git|options|package-manager|run)/' },
    },
    {
      name: 'not-unresolvable',
      comment: 'An import that leads nowhere would be left unchecked by the other rules.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, path: '^[.]' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
