import { testPackageManager } from '../../support/package-manager-tests.ts';

testPackageManager('pnpm');
