/**
 * Modes of a partition and why its present life began, by the numbers that `part_mode`, `part_stat` and `self` use.
 * ARINC 653 Part 1, GET_PARTITION_STATUS: OPERATING_MODE_TYPE and START_CONDITION_TYPE.
 */

/** idle: stopped; cold, warm: starts in its next window, without or with its data; normal: runs. */
export const PARTITION_MODES = ['idle', 'cold', 'warm', 'normal'] as const
export type PartitionMode = (typeof PARTITION_MODES)[number]

/** normal-start: the module started; partition-restart: its manager; hm-partition-restart: its health table. */
export const START_CONDITIONS = ['normal-start', 'partition-restart', 'hm-partition-restart'] as const
export type StartCondition = (typeof START_CONDITIONS)[number]
