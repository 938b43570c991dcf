/** Where broker and registry are kept on this machine. */
export interface BrokerFolders {
  readonly root: string;
  readonly kafka: Readonly<Record<string, string>>;
  readonly registry: string;
}
export declare const KAFKA_VERSIONS: readonly string[];
export declare const REGISTRY_VERSION: string;
export declare function brokerFolders(env?: NodeJS.ProcessEnv): BrokerFolders;
export declare function javaCommand(env?: NodeJS.ProcessEnv): string;
export declare function setUpBroker(
  report: import('./report.mjs').Report,
): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: string }>;
export declare function setUpBroker(report: {
  step<T>(name: string, work: () => Promise<T>): Promise<T>;
  note(text: string): void;
}): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: string }>;
