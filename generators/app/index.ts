import { yeomanGenerator } from '../../lib/run/yeoman-generator.ts';
import { appDefinition } from './definition.ts';

export default yeomanGenerator(appDefinition);
