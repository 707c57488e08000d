/*
 * The stand-in's sessions, transactions, memory, and what a test may ask of it beyond the platform's own functions.
 */
#include "standin.h"
#include <stdio.h>
#include <string.h>

typedef struct {
  bool used;
  bool isDynamic;
} SESSION;

CONFIGURATION now;
SA_PAIR contexts[MAX_OBJECTS];

static CONFIGURATION before;
static SESSION sessions[MAX_OBJECTS];
static HANDLE transaction;
static bool isReadOnly;
static int blocks;
static int handles;

static char failing[64];
static int callsUntilFailure = -1;
static DWORD failure;
static char calls[65536];

DWORD called(const char *name, bool changes)
{
  if (strlen(calls) + strlen(name) + 2 < sizeof calls) {
    strcat(strcat(calls, name), "\n");
  }

  bool concerned = strcmp(failing, "any") == 0 || (changes && strcmp(failing, "change") == 0) || strcmp(failing, name) == 0;
  return callsUntilFailure >= 0 && concerned && callsUntilFailure-- == 0 ? failure : 0;
}

void *allocate_block(size_t size)
{
  void *block = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, size);
  blocks += block != NULL;
  return block;
}

static void count_handle(int by)
{
  handles += by;
}

ENUMERATION *begin_enumeration(void)
{
  count_handle(1);
  return HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof(ENUMERATION));
}

DWORD end_enumeration(HANDLE engine, HANDLE enumeration)
{
  DWORD fails = check_session(engine);
  if (fails) return fails;
  if (enumeration == NULL) return (DWORD)FWP_E_INVALID_ENUMERATOR;
  HeapFree(GetProcessHeap(), 0, enumeration);
  count_handle(-1);
  return 0;
}

static SESSION *find_session(HANDLE engine)
{
  size_t number = (size_t)engine;
  return number >= 1 && number <= MAX_OBJECTS && sessions[number - 1].used ? &sessions[number - 1] : NULL;
}

DWORD check_session(HANDLE engine)
{
  return find_session(engine) == NULL ? ERROR_INVALID_HANDLE : 0;
}

DWORD check_outside_transaction(HANDLE engine)
{
  DWORD invalid = check_session(engine);
  return invalid ? invalid : transaction == engine ? (DWORD)FWP_E_TXN_IN_PROGRESS : 0;
}

DWORD check_static(HANDLE engine)
{
  DWORD invalid = check_outside_transaction(engine);
  return invalid ? invalid : find_session(engine)->isDynamic ? (DWORD)FWP_E_DYNAMIC_SESSION_IN_PROGRESS : 0;
}

EXPORT DWORD WINAPI FwpmEngineOpen0(const wchar_t *server, UINT32 authentication, SEC_WINNT_AUTH_IDENTITY_W *identity, const FWPM_SESSION0 *session, HANDLE *engine)
{
  DWORD fails = called("FwpmEngineOpen0", false);
  if (fails) return fails;
  if (engine == NULL) return (DWORD)FWP_E_NULL_POINTER;
  if (server != NULL) return RPC_S_INVALID_BINDING;
  if (authentication != RPC_C_AUTHN_WINNT && authentication != RPC_C_AUTHN_DEFAULT) return RPC_S_UNKNOWN_AUTHN_SERVICE;
  (void)identity;
  for (size_t i = 0; i < MAX_OBJECTS; i++) {
    if (!sessions[i].used) {
      sessions[i] = (SESSION){ true, session != NULL && (session->flags & 1) != 0 };
      *engine = (HANDLE)(i + 1);
      count_handle(1);
      return 0;
    }
  }
  return ERROR_NOT_ENOUGH_MEMORY;
}

EXPORT DWORD WINAPI FwpmEngineClose0(HANDLE engine)
{
  SESSION *session = find_session(engine);
  if (session == NULL) return ERROR_INVALID_HANDLE;
  if (transaction == engine) {
    if (!isReadOnly) now = before;
    transaction = NULL;
  }
  session->used = false;
  count_handle(-1);
  return 0;
}

EXPORT void WINAPI FwpmFreeMemory0(void **block)
{
  if (block != NULL && *block != NULL) {
    HeapFree(GetProcessHeap(), 0, *block);
    *block = NULL;
    blocks--;
  }
}

EXPORT DWORD WINAPI FwpmTransactionBegin0(HANDLE engine, UINT32 flags)
{
  DWORD fails = called("FwpmTransactionBegin0", true);
  if (!fails) fails = check_outside_transaction(engine);
  if (fails) return fails;
  if (flags > 1) return (DWORD)FWP_E_INVALID_FLAGS;
  if (transaction != NULL) return (DWORD)FWP_E_TIMEOUT;
  before = now;
  transaction = engine;
  isReadOnly = flags == 1;
  return 0;
}

static DWORD end_transaction(HANDLE engine, bool keep)
{
  DWORD invalid = check_session(engine);
  if (invalid) return invalid;
  if (transaction != engine) return (DWORD)FWP_E_NO_TXN_IN_PROGRESS;
  if (!keep) now = before;
  transaction = NULL;
  return 0;
}

EXPORT DWORD WINAPI FwpmTransactionCommit0(HANDLE engine)
{
  DWORD fails = called("FwpmTransactionCommit0", true);
  if (fails) {
    end_transaction(engine, false);
    return fails;
  }
  return end_transaction(engine, true);
}

EXPORT DWORD WINAPI FwpmTransactionAbort0(HANDLE engine)
{
  called("FwpmTransactionAbort0", false);
  return end_transaction(engine, false);
}

DWORD check_change(HANDLE engine)
{
  DWORD invalid = check_session(engine);
  return invalid ? invalid : transaction == engine && isReadOnly ? (DWORD)FWP_E_INCOMPATIBLE_TXN : 0;
}

/* ---- What a test asks for. ---- */

EXPORT void WINAPI StandInReset(void)
{
  memset(&now, 0, sizeof now);
  memset(contexts, 0, sizeof contexts);
  memset(sessions, 0, sizeof sessions);
  transaction = NULL;
  blocks = handles = 0;
  callsUntilFailure = -1;
  calls[0] = 0;
}

/* From now on the call after so many fails: of a function, of any that changes something ("change"), or of "any". */
EXPORT void WINAPI StandInFail(const char *function, int after, DWORD code)
{
  strncpy(failing, function, sizeof failing - 1);
  callsUntilFailure = after;
  failure = code;
}

/* True where the failure that was asked for has come. */
EXPORT int WINAPI StandInHasFailed(void)
{
  return callsUntilFailure < 0;
}

EXPORT const char *WINAPI StandInCalls(void)
{
  return calls;
}

EXPORT void WINAPI StandInForgetCalls(void)
{
  calls[0] = 0;
}

/* Blocks and handles that were handed out and have not come back. */
EXPORT int WINAPI StandInOutstanding(void)
{
  return blocks + handles;
}

static int print_traffic(char *to, size_t size, const SA *sa)
{
  const UINT8 *local = (const UINT8 *)&sa->traffic.localV4Address, *remote = (const UINT8 *)&sa->traffic.remoteV4Address;
  int n = snprintf(to, size, "v%d ", sa->traffic.ipVersion == FWP_IP_VERSION_V6 ? 6 : 4);
  for (int i = 0; i < 16; i++) n += snprintf(to + n, size - n, "%02x", local[i]);
  n += snprintf(to + n, size - n, ">");
  for (int i = 0; i < 16; i++) n += snprintf(to + n, size - n, "%02x", remote[i]);
  return n + snprintf(to + n, size - n, " type=%d id=%llu luid=%llu udp=%d:%u:%u", sa->traffic.trafficType,
    (unsigned long long)sa->traffic.ipsecFilterId, (unsigned long long)sa->traffic.localIfLuid, sa->isInUdp, sa->udp.localUdpEncapPort, sa->udp.remoteUdpEncapPort);
}

/* All that is held, a line an object: what two reports have in common has not changed between them. */
EXPORT const char *WINAPI StandInReport(void)
{
  static char report[262144];
  size_t size = sizeof report;
  int n = 0;
  report[0] = 0;
  for (int i = 0; i < MAX_OBJECTS; i++) {
    const SA_PAIR *context = &contexts[i];
    if (context->used) {
      n += snprintf(report + n, size - n, "context %llu in %08x ", (unsigned long long)context->id, (unsigned)context->inbound.sa.spi);
      n += print_traffic(report + n, size - n, &context->inbound);
      n += snprintf(report + n, size - n, " out %08x ", (unsigned)context->outbound.sa.spi);
      n += print_traffic(report + n, size - n, &context->outbound);
      n += snprintf(report + n, size - n, " sent=%llu received=%llu window=%llx octets=%llu\n", (unsigned long long)context->lastSent,
        (unsigned long long)context->highestReceived, (unsigned long long)context->window, (unsigned long long)context->octets);
    }
  }
  for (int i = 0; i < MAX_OBJECTS; i++) {
    const FILTER *filter = &now.filters[i];
    if (filter->used) {
      n += snprintf(report + n, size - n, "filter %llu layer=%08lx callout=%08lx '%ls'", (unsigned long long)filter->filter.filterId,
        filter->filter.layerKey.Data1, filter->filter.action.calloutKey.Data1, filter->description);
      for (UINT32 c = 0; c < filter->filter.numFilterConditions; c++) {
        const UINT8 *value = (const UINT8 *)&filter->conditions[c].value;
        n += snprintf(report + n, size - n, " %08lx/%d/%x/", filter->conditions[c].condition.fieldKey.Data1, filter->conditions[c].condition.conditionValue.type,
          (unsigned)filter->conditions[c].condition.conditionValue.uint32 * (filter->conditions[c].condition.conditionValue.type <= FWP_UINT32));
        for (int b = 0; b < 16; b++) n += snprintf(report + n, size - n, "%02x", value[b]);
      }
      n += snprintf(report + n, size - n, "\n");
    }
  }
  for (int i = 0; i < MAX_OBJECTS; i++) {
    if (now.policies[i].used) {
      n += snprintf(report + n, size - n, "policy %llu\n", (unsigned long long)now.policies[i].context.providerContextId);
    }
  }
  return report;
}
