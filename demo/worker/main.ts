import { expose } from 'comlink';
import { ComputeWorker } from './compute';

expose(new ComputeWorker());
