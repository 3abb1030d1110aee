/** Policies: fields, values as people write them, resolution, profiles, and their encoding as genes. */
export { applyChanges, type Change, changesBetween } from './changes';
export { loadPolicy, writePolicy } from './document';
export * from './fields';
export { knobName, type PolicySpace, policySpace } from './genes';
export { lookUp, scopeName } from './lookup';
export {
  PROFILE_SIZES,
  PROFILES,
  type Profile,
  profilePolicy,
  type School,
  type SizedProfile,
  sizedProfiles,
} from './profiles';
export * from './resolve';
export { readValue, writeValue } from './values';
