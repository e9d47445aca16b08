import { yeomanGenerator } from '../../lib/run/yeoman-generator.ts';
import { updateGenerator } from './generator.ts';

export default yeomanGenerator(updateGenerator);
