import { AppGenerator } from './generator.ts';

export default AppGenerator;
