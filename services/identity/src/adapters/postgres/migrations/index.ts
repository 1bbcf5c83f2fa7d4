import { messagingMigrations } from '@cleanroom/messaging';
import { usedNoncesMigration } from '@cleanroom/persistence';
import { Identity202611230900 } from './202611230900-identity.js';
import { ConnectedOnce202611231100 } from './202611231100-connected-once.js';
import { MachineCredentials202611231110 } from './202611231110-machine-credentials.js';
import { StaleNonces202611231120 } from './202611231120-stale-nonces.js';
import { TimeZone202611231640 } from './202611231640-time-zone.js';
import { OneCurrency202611231710 } from './202611231710-one-currency.js';
import { StaticIpTrouble202611232040 } from './202611232040-static-ip-trouble.js';
import { ReleaseSent202611280805 } from './202611280805-release-sent.js';
import { AbsentStaticIps202611281000 } from './202611281000-absent-static-ips.js';
import { CredentialsOfTheGone202611281010 } from './202611281010-credentials-of-the-gone.js';
import { AuditLogOfTokens202611281015 } from './202611281015-audit-log-of-tokens.js';
import { ForgetOldTokens202611281020 } from './202611281020-forget-old-tokens.js';
import { AddressLimit202611281100 } from './202611281100-address-limit.js';
import { BrakedSightings202611281200 } from './202611281200-braked-sightings.js';
import { AuditOutcomes202611301510 } from './202611301510-audit-outcomes.js';
import { AuditLogByAge202611301515 } from './202611301515-audit-log-by-age.js';
import { ComputedCredentials202611301540 } from './202611301540-computed-credentials.js';
import { Sessions202611301610 } from './202611301610-sessions.js';
import { ToldChanges202611301920 } from './202611301920-told-changes.js';
import { ToldOnce202611301921 } from './202611301921-told-once.js';
import { AuditLogWithoutMachines202612010050 } from './202612010050-audit-log-without-machines.js';
import { TicketElsewhere202612010405 } from './202612010405-ticket-elsewhere.js';
import { StaticIpPayment202612010425 } from './202612010425-static-ip-payment.js';

/** Everything that the identity service's database is made of, in order. */
export const migrations = [
  ...messagingMigrations,
  Identity202611230900,
  ConnectedOnce202611231100,
  MachineCredentials202611231110,
  StaleNonces202611231120,
  TimeZone202611231640,
  OneCurrency202611231710,
  StaticIpTrouble202611232040,
  ReleaseSent202611280805,
  AbsentStaticIps202611281000,
  CredentialsOfTheGone202611281010,
  AuditLogOfTokens202611281015,
  ForgetOldTokens202611281020,
  AddressLimit202611281100,
  BrakedSightings202611281200,
  AuditOutcomes202611301510,
  AuditLogByAge202611301515,
  ComputedCredentials202611301540,
  Sessions202611301610,
  ToldChanges202611301920,
  ToldOnce202611301921,
  AuditLogWithoutMachines202612010050,
  usedNoncesMigration,
  TicketElsewhere202612010405,
  StaticIpPayment202612010425,
];
