/** The two kinds of alarming record. `Ack` answers `Alarming`, `AckEPICS` answers `AlarmingEPICS`. */
export const CALL_KINDS = ['simple', 'epics'] as const;
export type CallKind = (typeof CALL_KINDS)[number];

/** The slot of the acknowledgements that answer each kind. */
export const ACK_SLOTS = { simple: 'simpleAck', epics: 'epicsAck' } as const;
