/** Ed25519 keys that everybody knows, for tests: RFC 8032, "Test Vectors for Ed25519", TEST 1 and TEST 2. */
import { createPrivateKey, type KeyObject } from 'node:crypto'

const privateKey = (seed: string): KeyObject => {
  // PKCS #8 of an Ed25519 key is this prefix and the 32 bytes of the seed (RFC 8410, "Private Key Format").
  const der = Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex')
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
}

export const OWNER_KEY = privateKey('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60')
export const STRANGER_KEY = privateKey('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb')
