/** The domain: scenarios, policies, the simulator, what is measured, and the study that puts them together. */
export * from './measure';
export * from './policy';
export * from './scenario';
export * from './simulate';
export * from './study';
