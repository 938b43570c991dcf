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
