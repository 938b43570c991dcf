// Fetches, once for a user, what the tests need to start a real Apache Kafka broker and a real schema registry.
// Dependency-free: it runs before the locked dependencies are there.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProgram, run, SetUpError, tail } from './run.mjs';

/** Versions of Apache Kafka that the tests run against; the first is the usual one. */
export const KAFKA_VERSIONS = ['4.3.1', '3.9.2'];
/** Apicurio Registry: the newest that runs on Java 17. */
export const REGISTRY_VERSION = '3.0.9';

const POM = fileURLToPath(new URL('../../test/support/broker/pom.xml', import.meta.url));
const COPY = 'dependency:copy-dependencies';
// The newer `get` also wants the registry's parent POM, which is not published.
const GET = 'org.apache.maven.plugins:maven-dependency-plugin:2.8:get';

const FETCH_WITHIN_MS = 900_000;

/** Where the broker's and the registry's files are kept: outside the tree, shared by all clones of one user. */
export function brokerFolders(env = process.env) {
  const cache = env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache');
  const root = join(cache, 'klaxon', 'broker');
  const kafka = {};
  for (const version of KAFKA_VERSIONS) kafka[version] = join(root, `kafka-${version}`);
  return { root, kafka, registry: join(root, `registry-${REGISTRY_VERSION}`) };
}

/** The Java command of this machine: that of `JAVA_HOME` where it is set. */
export function javaCommand(env = process.env) {
  return env.JAVA_HOME ? join(env.JAVA_HOME, 'bin', 'java') : 'java';
}

/**
 * Makes sure that broker and registry are in the cache. A folder appears there whole or not at all,
 * so a run that was interrupted, or two at once, leave nothing half done.
 * Where they cannot be had it notes why, answers `{ ok: false, reason }`, and the tests that need them are skipped.
 * @param {import('./report.mjs').Report} report
 */
export async function setUpBroker(report) {
  const folders = brokerFolders();
  try {
    for (const version of KAFKA_VERSIONS) {
      const fetchKafka = (into) => fetchJars(version, into);
      await provide(folders.kafka[version], fetchKafka, `Apache Kafka ${version}`, report);
    }
    const name = `Apicurio Registry ${REGISTRY_VERSION}`;
    await provide(folders.registry, fetchRegistry, name, report);
    return { ok: true };
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    const reason = `the broker of the tests could not be fetched: ${error.message}`;
    report.note(reason);
    return { ok: false, reason };
  }
}

async function provide(folder, fetchInto, name, report) {
  if (existsSync(folder)) return;
  await report.step(`fetch ${name} for the tests`, async () => {
    await mkdir(dirname(folder), { recursive: true });
    const partial = await mkdtemp(`${folder}.partial-`);
    try {
      await fetchInto(partial);
      await rename(partial, folder);
    } catch (error) {
      // Another run may have been quicker; what it put there is as good.
      if (!existsSync(folder)) throw error;
    } finally {
      await rm(partial, { recursive: true, force: true });
    }
  });
}

async function fetchJars(version, into) {
  const options = [`-Dkafka.version=${version}`, '-DincludeScope=runtime'];
  await need('mvn', ['-B', '-q', '-f', POM, ...options, COPY, `-DoutputDirectory=${into}`], into);
  const jars = await readdir(into);
  if (jars.some((jar) => jar.startsWith('kafka_'))) return;
  throw new SetUpError(`Maven left no jars of Kafka ${version}`);
}

async function fetchRegistry(into) {
  const archive = join(into, 'registry.tar.gz');
  const artifact = `io.apicurio:apicurio-registry-app:${REGISTRY_VERSION}:tar.gz:all`;
  const options = ['-Dtransitive=false', `-Dartifact=${artifact}`, `-Ddest=${archive}`];
  await need('mvn', ['-B', '-q', GET, ...options], into);
  await need('tar', ['xzf', archive, '-C', into], into);
  await rm(archive);
}

async function need(command, args, cwd) {
  if (findProgram(command) === undefined) throw new SetUpError(`the command ${command} is missing`);
  const { code, output } = await run(command, args, { cwd, timeoutMs: FETCH_WITHIN_MS });
  if (code !== 0) throw new SetUpError(`${command} ended with ${code}:\n${tail(output)}`);
}
