/** Files of Node's: written whole or not at all, and read with messages for who named them. */
export { claimFolder, syncFolder, TEMPORARY, writeAtomic, writeFolder } from './durable';
export { readInput } from './input';
