import type { BrokerAnswer } from './broker-answer.ts';

/** Some partitions of a topic. */
export interface TopicPartitions {
  readonly topic: string;
  readonly partitions: readonly number[];
}

/** One program that reads as part of a group. */
export interface GroupMember {
  readonly memberId: string;
  readonly clientId: string;
  /** The address that it comes from, as the broker writes it (`/10.1.2.3`). */
  readonly clientHost: string;
  readonly assigned: readonly TopicPartitions[];
}

/** A group as the broker that looks after it describes it. */
export interface DescribedGroup extends BrokerAnswer {
  readonly group: string;
  readonly state: string;
  readonly members: readonly GroupMember[];
}
