// What we use of kafkajs 2.2.4 below its public face: it has no other way to send a request of our own.
declare module 'kafkajs/src/network/connection.js' {
  import type { Socket } from 'node:net';
  import type { SASLOptions } from 'kafkajs';

  interface SilentLogger {
    namespace(): SilentLogger;
    info(): void;
    error(): void;
    warn(): void;
    debug(): void;
  }

  interface SocketRequest {
    readonly host: string;
    readonly port: number;
    readonly onConnect: () => void;
  }

  interface ConnectionOptions {
    readonly host: string;
    readonly port: number;
    readonly clientId: string;
    readonly sasl: SASLOptions | null;
    readonly logger: SilentLogger;
    readonly socketFactory: (request: SocketRequest) => Socket;
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    readonly enforceRequestTimeout: boolean;
  }

  interface ProtocolRequest {
    readonly request: {
      readonly apiKey: number;
      readonly apiName: string;
      readonly apiVersion: number;
      encode(): Promise<{ readonly buf: Buffer; readonly buffer: Buffer; size(): number }>;
    };
    readonly response: {
      decode(payload: Buffer): Promise<Buffer>;
      parse(payload: Buffer): Promise<Buffer>;
    };
    readonly requestTimeout: number;
    readonly logResponseError: boolean;
  }

  class Connection {
    constructor(options: ConnectionOptions);
    readonly requestQueue: { scheduleCheckPendingRequests(): void };
    connect(): Promise<unknown>;
    setVersions(
      versions: Readonly<Record<number, { minVersion: number; maxVersion: number }>>,
    ): void;
    setSupportAuthenticationProtocol(isSupported: boolean): void;
    authenticate(): Promise<void>;
    send(request: ProtocolRequest): Promise<Buffer>;
  }

  export = Connection;
}
