const MANIFEST = { name: 'root', workspaces: ['packages/*'] };
/** What makes a folder the root of a workspace that suits the service. */
export const WORKSPACES = {
  npm: { 'package.json': JSON.stringify(MANIFEST) },
  pnpm: {
    'package.json': '{"name": "root"}',
    'pnpm-workspace.yaml': 'packages: ["packages/*"]\nignoreScripts: true\n',
  },
  yarn: {
    'package.json': JSON.stringify(MANIFEST),
    'yarn.lock': '',
    '.yarnrc.yml': 'nodeLinker: node-modules\nenableScripts: false\n',
  },
  bun: { 'package.json': JSON.stringify({ ...MANIFEST, trustedDependencies: [] }) },
};
