import type { Socket } from 'node:net';
import Connection from 'kafkajs/src/network/connection.js';
import { failure, ok, type Result } from '../../../core/lib/result.ts';
import type { LogProblem } from '../../../core/ports/alarm-log.ts';
import { ByteReader } from '../protocol/byte-reader.ts';
import type { VersionRange, WireRequest } from './cluster.ts';
import { type BrokerAddress, formatAddress, type KafkaSettings } from './kafka-settings.ts';
import { brokenAnswer, connectionClosed, notAnswered, problemOfConnection } from './log-problem.ts';
import { openSocket } from './socket.ts';
import { SocketFaultError } from './socket-problem.ts';

/** One connection to one broker, logged in. Once lost it stays lost; its owner opens another. */
export interface Link {
  readonly address: string;
  /** What the broker said that it understands, by key of the request. */
  readonly versions: ReadonlyMap<number, VersionRange>;
  isOpen(): boolean;
  /** Answers the response's body, or what is wrong with the connection; never later than `timeoutMs`. */
  send(request: WireRequest, timeoutMs: number): Promise<Result<Buffer, LogProblem>>;
  /** Drops it at once; what waits is answered. */
  close(): void;
}

const API_VERSIONS = { apiKey: 18, apiName: 'ApiVersions', apiVersion: 0, body: new Uint8Array(0) };
const SASL_AUTHENTICATE = 36;
const NEVER_MS = 0x7fff_ffff;

/** Connects, learns the broker's versions and logs in, all within `connectMs`. */
export async function openLink(
  address: BrokerAddress,
  settings: KafkaSettings,
  connectMs: number,
): Promise<Result<Link, LogProblem>> {
  const wire = new KafkaWire(address, settings);
  const deadline = setTimeout(() => wire.drop(new SocketFaultError('Silent')), connectMs);
  try {
    const versions = await wire.handshake();
    return ok({
      address: formatAddress(address),
      versions,
      isOpen: () => wire.isOpen(),
      send: (request, timeoutMs) => wire.exchange(request, timeoutMs),
      close: () => wire.close(),
    });
  } catch (error) {
    const problem = wire.problemOf(error);
    wire.drop(new SocketFaultError('Closed'));
    return failure(problem);
  } finally {
    clearTimeout(deadline);
  }
}

/**
 * kafkajs's connection under our own rules: every wait ends when the socket does, since kafkajs answers some of its
 * promises never; and each connection object is used once, since it keeps half an answer across a reconnection.
 */
class KafkaWire {
  readonly #address: string;
  readonly #usesTls: boolean;
  readonly #user: string | undefined;
  readonly #connection: Connection;
  readonly #waiting = new Set<(error: Error) => void>();
  #socket: Socket | undefined;
  #lost: Error | undefined;
  #isClosedByUs = false;

  constructor(address: BrokerAddress, settings: KafkaSettings) {
    this.#address = formatAddress(address);
    this.#usesTls = settings.tls !== undefined;
    this.#user = settings.sasl && `${settings.sasl.username} (${settings.sasl.mechanism})`;
    this.#connection = new Connection({
      ...address,
      clientId: settings.clientId,
      // A copy each: kafkajs keeps what it made of it in the object.
      sasl: settings.sasl === undefined ? null : { ...settings.sasl },
      logger: SILENT,
      socketFactory: ({ onConnect }) => {
        this.#socket = openSocket(address, settings.tls, onConnect, (error) => this.#onLost(error));
        return this.#socket;
      },
      // The deadlines here are ours; kafkajs's would only be a second, later opinion.
      connectionTimeout: NEVER_MS,
      requestTimeout: NEVER_MS,
      enforceRequestTimeout: false,
    });
    // kafkajs looks for throttled requests every millisecond for ever. Ours are never queued, so there is nothing to find.
    this.#connection.requestQueue.scheduleCheckPendingRequests = () => undefined;
  }

  isOpen(): boolean {
    return this.#lost === undefined && this.#socket?.destroyed === false;
  }

  async handshake(): Promise<ReadonlyMap<number, VersionRange>> {
    await this.#untilLost(this.#connection.connect());
    const versions = readVersions(await this.#untilLost(this.#sendRaw(API_VERSIONS)));
    const forKafkajs: Record<number, { minVersion: number; maxVersion: number }> = {};
    for (const [apiKey, { min, max }] of versions) {
      forKafkajs[apiKey] = { minVersion: min, maxVersion: max };
    }
    this.#connection.setVersions(forKafkajs);
    this.#connection.setSupportAuthenticationProtocol(versions.has(SASL_AUTHENTICATE));
    await this.#untilLost(this.#connection.authenticate());
    return versions;
  }

  async exchange(request: WireRequest, timeoutMs: number): Promise<Result<Buffer, LogProblem>> {
    if (!this.isOpen()) return failure(this.problemOf(this.#lost));
    const overdue = new DeadlineError();
    const timer = setTimeout(() => this.drop(overdue), timeoutMs);
    try {
      return ok(await this.#untilLost(this.#sendRaw(request)));
    } catch (error) {
      return error === overdue
        ? failure(notAnswered(request.apiName, this.#address, timeoutMs))
        : failure(this.problemOf(error));
    } finally {
      clearTimeout(timer);
    }
  }

  problemOf(error: unknown): LogProblem {
    if (this.#isClosedByUs) return connectionClosed(this.#address);
    if (error instanceof RangeError) return brokenAnswer(this.#address, error.message);
    const user = this.#user === undefined ? {} : { user: this.#user };
    return problemOfConnection(
      { address: this.#address, usesTls: this.#usesTls, ...user },
      // What ended the socket says more than what kafkajs made of it.
      this.#lost ?? error,
    );
  }

  close(): void {
    this.#isClosedByUs = true;
    this.drop(new SocketFaultError('Closed'));
  }

  drop(error: Error): void {
    this.#onLost(error);
    // With an error: kafkajs clears its own timers only then.
    this.#socket?.destroy(error);
  }

  #sendRaw(request: WireRequest): Promise<Buffer> {
    const buffer = Buffer.from(request.body);
    const encoded = { buf: buffer, buffer, size: () => buffer.length };
    return this.#connection.send({
      request: { ...request, encode: async () => encoded },
      response: { decode: async (payload) => payload, parse: async (payload) => payload },
      requestTimeout: NEVER_MS,
      logResponseError: false,
    });
  }

  #onLost(error: Error): void {
    this.#lost ??= error;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const reject of waiting) reject(error);
  }

  #untilLost<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#lost !== undefined) {
        reject(this.#lost);
        return;
      }
      this.#waiting.add(reject);
      work.then(
        (value) => {
          this.#waiting.delete(reject);
          resolve(value);
        },
        (error: unknown) => {
          this.#waiting.delete(reject);
          reject(error);
        },
      );
    });
  }
}

class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

function readVersions(body: Buffer): ReadonlyMap<number, VersionRange> {
  const reader = new ByteReader(body);
  const errorCode = reader.int16();
  if (errorCode !== 0) throw new RangeError(`ApiVersions was answered with error ${errorCode}`);
  const ranges = reader.array(() => ({
    apiKey: reader.int16(),
    min: reader.int16(),
    max: reader.int16(),
  }));
  return new Map(ranges.map(({ apiKey, min, max }) => [apiKey, { min, max }]));
}

interface Silence {
  namespace(): Silence;
  info(): void;
  error(): void;
  warn(): void;
  debug(): void;
}

const SILENT: Silence = {
  namespace: () => SILENT,
  info: () => undefined,
  error: () => undefined,
  warn: () => undefined,
  debug: () => undefined,
};
