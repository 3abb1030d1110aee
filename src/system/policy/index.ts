/** Policies: fields, values as people write them, resolution, profiles, and their encoding as genes. */
export { loadPolicy, writePolicy } from './document';
export * from './fields';
export * from './resolve';
export { readValue, writeValue } from './values';
