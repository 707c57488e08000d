/*
 * The stand-in's IPsec SA contexts, and the packets that they would carry.
 */
#include "standin.h"
#include <string.h>

static const GUID inboundTransport = { 0x5132900d, 0x5e84, 0x4b5f, { 0x80, 0xe4, 0x01, 0x74, 0x1e, 0x81, 0xff, 0x10 } };
static const GUID inboundTransportV6 = { 0x49d3ac92, 0x2a6c, 0x4dcf, { 0x95, 0x5f, 0x1c, 0x3b, 0xe0, 0x09, 0xdd, 0x99 } };
static const GUID localAddress = { 0xd9ee00de, 0xc1ef, 0x4617, { 0xbf, 0xe3, 0xff, 0xd8, 0xf5, 0xa0, 0x89, 0x57 } };
static const GUID remoteAddress = { 0xb235ae9a, 0x1d64, 0x49b8, { 0xa4, 0x4c, 0x5f, 0xf3, 0xd9, 0x09, 0x50, 0x45 } };

static UINT64 lastContext;

SA_PAIR *find_context(UINT64 id)
{
  for (int i = 0; i < MAX_OBJECTS; i++) {
    if (contexts[i].used && contexts[i].id == id) return &contexts[i];
  }
  return NULL;
}

DWORD check_traffic(const IPSEC_TRAFFIC1 *traffic, bool inbound)
{
  if (traffic->ipVersion > FWP_IP_VERSION_V6 || traffic->trafficType >= IPSEC_TRAFFIC_TYPE_MAX) return (DWORD)FWP_E_INVALID_PARAMETER;
  if (traffic->trafficType == IPSEC_TRAFFIC_TYPE_TUNNEL) {
    return find_policy(traffic->tunnelPolicyId) == NULL ? (DWORD)FWP_E_PROVIDER_CONTEXT_NOT_FOUND : 0;
  }
  (void)inbound;
  return find_filter(traffic->ipsecFilterId) == NULL ? (DWORD)FWP_E_FILTER_NOT_FOUND : 0;
}

static bool same_address(const void *left, const void *right, FWP_IP_VERSION version)
{
  return memcmp(left, right, version == FWP_IP_VERSION_V6 ? 16 : 4) == 0;
}

static bool same_ends(const IPSEC_TRAFFIC1 *left, const IPSEC_TRAFFIC1 *right)
{
  return left->ipVersion == right->ipVersion && left->trafficType == right->trafficType
    && same_address(left->localV6Address, right->localV6Address, left->ipVersion)
    && same_address(left->remoteV6Address, right->remoteV6Address, left->ipVersion);
}

EXPORT DWORD WINAPI IPsecSaContextCreate1(HANDLE engine, const IPSEC_TRAFFIC1 *traffic, const IPSEC_VIRTUAL_IF_TUNNEL_INFO0 *tunnel, UINT64 *inboundFilter, UINT64 *id)
{
  DWORD fails = called("IPsecSaContextCreate1", true);
  if (!fails) fails = check_static(engine);
  if (fails) return fails;
  if (traffic == NULL || id == NULL) return (DWORD)FWP_E_NULL_POINTER;
  fails = check_traffic(traffic, false);
  if (fails) return fails;
  (void)tunnel;
  for (int i = 0; i < MAX_OBJECTS; i++) {
    if (contexts[i].used) continue;
    memset(&contexts[i], 0, sizeof contexts[i]);
    contexts[i].used = true;
    contexts[i].id = ++lastContext;
    contexts[i].outbound.traffic = *traffic;
    /* Documented: 0 where the engine has none cached. */
    if (inboundFilter != NULL) *inboundFilter = 0;
    *id = lastContext;
    return 0;
  }
  return ERROR_NOT_ENOUGH_MEMORY;
}

static DWORD set_spi(HANDLE engine, UINT64 id, const IPSEC_GETSPI1 *getSpi, IPSEC_SA_SPI spi)
{
  DWORD fails = check_static(engine);
  if (fails) return fails;
  if (getSpi == NULL) return (DWORD)FWP_E_NULL_POINTER;
  SA_PAIR *context = find_context(id);
  if (context == NULL) return (DWORD)FWP_E_NOT_FOUND;
  fails = check_traffic(&getSpi->inboundIpsecTraffic, true);
  if (fails) return fails;
  if (!same_ends(&getSpi->inboundIpsecTraffic, &context->outbound.traffic)) return (DWORD)FWP_E_TRAFFIC_MISMATCH;
  if (spi < 256) return (DWORD)FWP_E_INVALID_PARAMETER;
  for (int i = 0; i < MAX_OBJECTS; i++) {
    if (contexts[i].used && contexts[i].hasSpi && contexts[i].spi == spi) return (DWORD)FWP_E_ALREADY_EXISTS;
  }
  context->hasSpi = true;
  context->spi = spi;
  context->inbound.traffic = getSpi->inboundIpsecTraffic;
  if (getSpi->ipVersion == FWP_IP_VERSION_V4 && getSpi->inboundUdpEncapsulation != NULL) {
    context->inbound.isInUdp = context->outbound.isInUdp = true;
    context->inbound.udp = context->outbound.udp = *getSpi->inboundUdpEncapsulation;
  }
  return 0;
}

EXPORT DWORD WINAPI IPsecSaContextSetSpi0(HANDLE engine, UINT64 id, const IPSEC_GETSPI1 *getSpi, IPSEC_SA_SPI spi)
{
  DWORD fails = called("IPsecSaContextSetSpi0", true);
  return fails ? fails : set_spi(engine, id, getSpi, spi);
}

EXPORT DWORD WINAPI IPsecSaContextGetSpi1(HANDLE engine, UINT64 id, const IPSEC_GETSPI1 *getSpi, IPSEC_SA_SPI *spi)
{
  DWORD fails = called("IPsecSaContextGetSpi1", true);
  if (fails) return fails;
  if (spi == NULL) return (DWORD)FWP_E_NULL_POINTER;
  *spi = 0xd0000000u + (IPSEC_SA_SPI)id;
  return set_spi(engine, id, getSpi, *spi);
}

static DWORD add_bundle(HANDLE engine, UINT64 id, const IPSEC_SA_BUNDLE1 *bundle, bool inbound)
{
  DWORD fails = check_static(engine);
  if (fails) return fails;
  if (bundle == NULL) return (DWORD)FWP_E_NULL_POINTER;
  SA_PAIR *context = find_context(id);
  if (context == NULL) return (DWORD)FWP_E_NOT_FOUND;
  if (!context->hasSpi || (!inbound && !context->inbound.present)) return (DWORD)FWP_E_INCOMPATIBLE_SA_STATE;
  if (bundle->numSAs == 0) return (DWORD)FWP_E_ZERO_LENGTH_ARRAY;
  if (bundle->saList == NULL) return (DWORD)FWP_E_NULL_POINTER;
  if (inbound && bundle->saList[0].spi != context->spi) return (DWORD)FWP_E_INVALID_PARAMETER;
  SA *sa = inbound ? &context->inbound : &context->outbound;
  if (sa->present) return (DWORD)FWP_E_ALREADY_EXISTS;
  sa->present = true;
  sa->bundle = *bundle;
  sa->sa = bundle->saList[0];
  return 0;
}

EXPORT DWORD WINAPI IPsecSaContextAddInbound1(HANDLE engine, UINT64 id, const IPSEC_SA_BUNDLE1 *bundle)
{
  DWORD fails = called("IPsecSaContextAddInbound1", true);
  return fails ? fails : add_bundle(engine, id, bundle, true);
}

EXPORT DWORD WINAPI IPsecSaContextAddOutbound1(HANDLE engine, UINT64 id, const IPSEC_SA_BUNDLE1 *bundle)
{
  DWORD fails = called("IPsecSaContextAddOutbound1", true);
  return fails ? fails : add_bundle(engine, id, bundle, false);
}

/* A context and all that it points at, in one block. Keys are not given out. */
typedef struct {
  SA_CONTEXT1 context;
  SA_DETAILS1 inbound;
  SA_DETAILS1 outbound;
  IPSEC_SA0 sas[2];
  IPSEC_V4_UDP_ENCAPSULATION0 udp[2];
} CONTEXT_BLOCK;

static void fill_details(SA_DETAILS1 *details, const SA *sa, IPSEC_SA0 *list, IPSEC_V4_UDP_ENCAPSULATION0 *udp, FWP_DIRECTION direction)
{
  details->ipVersion = sa->traffic.ipVersion;
  details->saDirection = direction;
  details->traffic = sa->traffic;
  details->saBundle = sa->bundle;
  details->saBundle.saList = list;
  details->saBundle.ipsecId = NULL;
  details->saBundle.keyModuleState = NULL;
  *list = sa->sa;
  list->espAuthAndCipherInformation = NULL;
  if (sa->isInUdp) {
    *udp = sa->udp;
    details->udpEncapsulation = udp;
  }
}

static void fill_context(CONTEXT_BLOCK *block, const SA_PAIR *context)
{
  block->context.saContextId = context->id;
  if (context->inbound.present) {
    fill_details(&block->inbound, &context->inbound, &block->sas[0], &block->udp[0], FWP_DIRECTION_INBOUND);
    block->context.inboundSa = &block->inbound;
  }
  if (context->outbound.present) {
    fill_details(&block->outbound, &context->outbound, &block->sas[1], &block->udp[1], FWP_DIRECTION_OUTBOUND);
    block->context.outboundSa = &block->outbound;
  }
}

EXPORT DWORD WINAPI IPsecSaContextGetById1(HANDLE engine, UINT64 id, IPSEC_SA_CONTEXT1 **context)
{
  DWORD fails = called("IPsecSaContextGetById1", false);
  if (!fails) fails = check_session(engine);
  if (fails) return fails;
  if (context == NULL) return (DWORD)FWP_E_NULL_POINTER;
  const SA_PAIR *found = find_context(id);
  if (found == NULL) return (DWORD)FWP_E_NOT_FOUND;
  CONTEXT_BLOCK *block = allocate_block(sizeof *block);
  if (block == NULL) return ERROR_NOT_ENOUGH_MEMORY;
  fill_context(block, found);
  *context = (IPSEC_SA_CONTEXT1 *)&block->context;
  return 0;
}

EXPORT DWORD WINAPI IPsecSaContextCreateEnumHandle0(HANDLE engine, const IPSEC_SA_CONTEXT_ENUM_TEMPLATE0 *of, HANDLE *enumeration)
{
  DWORD fails = called("IPsecSaContextCreateEnumHandle0", false);
  if (!fails) fails = check_session(engine);
  if (fails) return fails;
  if (enumeration == NULL) return (DWORD)FWP_E_NULL_POINTER;
  if (of != NULL) return ERROR_NOT_SUPPORTED;
  ENUMERATION *begun = begin_enumeration();
  for (int i = 0; i < MAX_OBJECTS; i++) {
    if (contexts[i].used) begun->ids[begun->count++] = contexts[i].id;
  }
  *enumeration = begun;
  return 0;
}

EXPORT DWORD WINAPI IPsecSaContextEnum1(HANDLE engine, HANDLE enumeration, UINT32 requested, IPSEC_SA_CONTEXT1 ***entries, UINT32 *returned)
{
  DWORD fails = called("IPsecSaContextEnum1", false);
  if (!fails) fails = check_session(engine);
  if (fails) return fails;
  if (entries == NULL || returned == NULL) return (DWORD)FWP_E_NULL_POINTER;
  if (enumeration == NULL) return (DWORD)FWP_E_INVALID_ENUMERATOR;
  ENUMERATION *begun = enumeration;
  UINT32 left = begun->count - begun->next, count = left < requested ? left : requested;
  *returned = 0;
  *entries = NULL;
  if (count == 0) return 0;
  struct { IPSEC_SA_CONTEXT1 *pointers[MAX_OBJECTS]; CONTEXT_BLOCK blocks[]; } *all = allocate_block(sizeof *all + count * sizeof(CONTEXT_BLOCK));
  if (all == NULL) return ERROR_NOT_ENOUGH_MEMORY;
  for (UINT32 i = 0; i < count; i++) {
    const SA_PAIR *context = find_context(begun->ids[begun->next++]);
    if (context != NULL) {
      fill_context(&all->blocks[*returned], context);
      all->pointers[*returned] = (IPSEC_SA_CONTEXT1 *)&all->blocks[*returned].context;
      ++*returned;
    }
  }
  *entries = all->pointers;
  return 0;
}

EXPORT DWORD WINAPI IPsecSaContextDestroyEnumHandle0(HANDLE engine, HANDLE enumeration)
{
  return end_enumeration(engine, enumeration);
}

EXPORT DWORD WINAPI IPsecSaContextUpdate0(HANDLE engine, UINT64 flags, const IPSEC_SA_CONTEXT1 *newValues)
{
  DWORD fails = called("IPsecSaContextUpdate0", true);
  if (!fails) fails = check_static(engine);
  if (fails) return fails;
  const SA_CONTEXT1 *given = (const SA_CONTEXT1 *)newValues;
  if (given == NULL || given->inboundSa == NULL || given->outboundSa == NULL) return (DWORD)FWP_E_NULL_POINTER;
  if (flags == 0 || (flags & ~(UINT64)0x7f) != 0) return (DWORD)FWP_E_INVALID_FLAGS;
  SA_PAIR *context = find_context(given->saContextId);
  if (context == NULL) return (DWORD)FWP_E_NOT_FOUND;
  if (!context->inbound.present || !context->outbound.present) return (DWORD)FWP_E_INCOMPATIBLE_SA_STATE;
  if (given->inboundSa->saDirection != FWP_DIRECTION_INBOUND || given->outboundSa->saDirection != FWP_DIRECTION_OUTBOUND) return (DWORD)FWP_E_INVALID_PARAMETER;
  if ((flags & 1) != 0) {
    fails = check_traffic(&given->inboundSa->traffic, true);
    if (!fails) fails = check_traffic(&given->outboundSa->traffic, false);
    if (fails) return fails;
    if (!same_ends(&given->inboundSa->traffic, &given->outboundSa->traffic)) return (DWORD)FWP_E_TRAFFIC_MISMATCH;
    if (given->outboundSa->traffic.ipVersion != context->outbound.traffic.ipVersion || given->outboundSa->traffic.trafficType != context->outbound.traffic.trafficType) {
      return (DWORD)FWP_E_INVALID_PARAMETER;
    }
  }
  if ((flags & 2) != 0 && context->outbound.traffic.ipVersion != FWP_IP_VERSION_V4) return (DWORD)FWP_E_INVALID_PARAMETER;
  SA *sas[] = { &context->inbound, &context->outbound };
  const SA_DETAILS1 *values[] = { given->inboundSa, given->outboundSa };
  for (int i = 0; i < 2; i++) {
    if ((flags & 1) != 0) sas[i]->traffic = values[i]->traffic;
    if ((flags & 2) != 0) {
      sas[i]->isInUdp = values[i]->udpEncapsulation != NULL;
      sas[i]->udp = sas[i]->isInUdp ? *values[i]->udpEncapsulation : (IPSEC_V4_UDP_ENCAPSULATION0){ 0 };
    }
  }
  return 0;
}

EXPORT DWORD WINAPI IPsecSaContextDeleteById0(HANDLE engine, UINT64 id)
{
  DWORD fails = called("IPsecSaContextDeleteById0", true);
  if (!fails) fails = check_outside_transaction(engine);
  if (fails) return fails;
  SA_PAIR *context = find_context(id);
  if (context == NULL) return (DWORD)FWP_E_NOT_FOUND;
  context->used = false;
  return 0;
}

/* ---- Packets. ---- */

static bool condition_takes(const CONDITION *condition, const UINT8 *address, FWP_IP_VERSION version)
{
  UINT32 v4;
  memcpy(&v4, address, sizeof v4);
  switch (condition->condition.conditionValue.type) {
  case FWP_UINT32:
    return version == FWP_IP_VERSION_V4 && condition->condition.conditionValue.uint32 == v4;
  case FWP_V4_ADDR_MASK:
    return version == FWP_IP_VERSION_V4 && ((condition->value.v4.addr ^ v4) & condition->value.v4.mask) == 0;
  case FWP_BYTE_ARRAY16_TYPE:
    return version == FWP_IP_VERSION_V6 && same_address(&condition->value.octets, address, version);
  default:
    return false;
  }
}

/* Conditions on one field are alternatives; those on different fields must all hold. */
static bool filter_takes(const FILTER *filter, const GUID *field, const UINT8 *address, FWP_IP_VERSION version)
{
  bool asked = false;
  for (UINT32 i = 0; i < filter->filter.numFilterConditions; i++) {
    if (IsEqualGUID(&filter->conditions[i].condition.fieldKey, field)) {
      if (condition_takes(&filter->conditions[i], address, version)) return true;
      asked = true;
    }
  }
  return !asked;
}

/* In transport mode what comes out of IPsec has to match a filter that asks for it; around a tunnel any source will do (RFC 4301, section 4.1). */
static bool is_expected(const SA_PAIR *context, const UINT8 *source)
{
  const IPSEC_TRAFFIC1 *traffic = &context->inbound.traffic;
  if (traffic->trafficType == IPSEC_TRAFFIC_TYPE_TUNNEL) return true;
  const GUID *callout = traffic->ipVersion == FWP_IP_VERSION_V6 ? &inboundTransportV6 : &inboundTransport;
  for (int i = 0; i < MAX_OBJECTS; i++) {
    const FILTER *filter = &now.filters[i];
    if (filter->used && IsEqualGUID(&filter->filter.action.calloutKey, callout) && filter_takes(filter, &localAddress, traffic->localV6Address, traffic->ipVersion)
      && filter_takes(filter, &remoteAddress, source, traffic->ipVersion)) {
      return true;
    }
  }
  return false;
}

static bool is_new(SA_PAIR *context, UINT64 sequence)
{
  if (sequence > context->highestReceived) {
    UINT64 ahead = sequence - context->highestReceived;
    context->window = ahead >= WINDOW ? 1 : (context->window << ahead) | 1;
    context->highestReceived = sequence;
    return true;
  }
  UINT64 behind = context->highestReceived - sequence;
  if (sequence == 0 || behind >= WINDOW || (context->window >> behind & 1) != 0) return false;
  context->window |= 1ull << behind;
  return true;
}

/* Sends a packet on the SA of an SPI; the sequence number, 0 where there is none. */
EXPORT UINT64 WINAPI StandInSend(IPSEC_SA_SPI spi, UINT64 octets)
{
  for (int i = 0; i < MAX_OBJECTS; i++) {
    if (contexts[i].used && contexts[i].outbound.present && contexts[i].outbound.sa.spi == spi) {
      contexts[i].octets += octets;
      return ++contexts[i].lastSent;
    }
  }
  return 0;
}

/* Receives a packet on the SA of an SPI; 0 where it is dropped. */
EXPORT int WINAPI StandInReceive(IPSEC_SA_SPI spi, const UINT8 *source, UINT64 sequence, UINT64 octets)
{
  for (int i = 0; i < MAX_OBJECTS; i++) {
    if (contexts[i].used && contexts[i].inbound.present && contexts[i].inbound.sa.spi == spi) {
      if (!is_expected(&contexts[i], source) || !is_new(&contexts[i], sequence)) return 0;
      contexts[i].octets += octets;
      return 1;
    }
  }
  return 0;
}

EXPORT UINT64 WINAPI StandInOctets(IPSEC_SA_SPI spi)
{
  for (int i = 0; i < MAX_OBJECTS; i++) {
    if (contexts[i].used && contexts[i].outbound.sa.spi == spi) return contexts[i].octets;
  }
  return 0;
}
