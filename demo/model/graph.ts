/** How replicas stand in the drawing of a service, in its units. */
export const REPLICA = { width: 14, gap: 4, zoneGap: 8 } as const;
