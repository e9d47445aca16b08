import { yeomanGenerator } from '../../lib/run/yeoman-generator.ts';
import { resourceGenerator } from './generator.ts';

export default yeomanGenerator(resourceGenerator);
