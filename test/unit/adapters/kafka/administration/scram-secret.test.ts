import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hashLogin } from '../../../../../adapters/kafka/administration/scram-secret.ts';

describe('hashLogin', () => {
  it('salts and hashes as the example of RFC 7677 does', async () => {
    const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64');
    const login = { user: 'user', password: 'pencil', iterations: 4_096 };
    const hashed = await hashLogin({ ...login, mechanism: 'scram-sha-256' }, salt);
    const nonce = 'rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0';
    const messages = `n=user,r=rOprNGfwEbeRWgbNEkqO,r=${nonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r=${nonce}`;
    const serverKey = createHmac('sha256', hashed.saltedPassword).update('Server Key').digest();
    expect(createHmac('sha256', serverKey).update(messages).digest('base64')).toBe(
      '6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
    );
  });

  it('takes another salt each time, and no password is in what goes to the broker', async () => {
    const login = { user: 'user', password: 'pencil', iterations: 4_096 };
    const [one, other] = await Promise.all([
      hashLogin({ ...login, mechanism: 'scram-sha-512' }),
      hashLogin({ ...login, mechanism: 'scram-sha-512' }),
    ]);
    expect(one.saltedPassword).toHaveLength(64);
    expect(Buffer.from(one.salt)).not.toEqual(Buffer.from(other.salt));
    expect(Buffer.from(one.saltedPassword)).not.toEqual(Buffer.from(other.saltedPassword));
    expect(JSON.stringify(one)).not.toContain('pencil');
  });
});
