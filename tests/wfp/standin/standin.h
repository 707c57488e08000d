/*
 * What the parts of the stand-in share. The structs are those of mingw-w64's headers, except where a header is known to be wrong.
 */
#ifndef STANDIN_H
#define STANDIN_H

#define WIN32_LEAN_AND_MEAN
#define _WIN32_WINNT 0x0601
#include <winsock2.h>
#include <windows.h>
/* The header declares the flags with 32 bits; the documentation and the SDK say UINT64. */
#define IPsecSaContextUpdate0 IPsecSaContextUpdate0_of_header
#include <fwpmu.h>
#undef IPsecSaContextUpdate0

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EXPORT __declspec(dllexport)
#define MAX_OBJECTS 256
#define MAX_CONDITIONS 16
#define WINDOW 64

/* The header has a pointer in the place of the last member; the SDK embeds it, so that the struct has 224 octets instead of 216. */
typedef struct SA_DETAILS1_ {
  FWP_IP_VERSION ipVersion;
  FWP_DIRECTION saDirection;
  IPSEC_TRAFFIC1 traffic;
  IPSEC_SA_BUNDLE1 saBundle;
  IPSEC_V4_UDP_ENCAPSULATION0 *udpEncapsulation;
  FWPM_FILTER0 *transportFilter;
  IPSEC_VIRTUAL_IF_TUNNEL_INFO0 virtualIfTunnelInfo;
} SA_DETAILS1;

typedef struct SA_CONTEXT1_ {
  UINT64 saContextId;
  SA_DETAILS1 *inboundSa;
  SA_DETAILS1 *outboundSa;
} SA_CONTEXT1;

/* A condition with what it points at. */
typedef struct {
  FWPM_FILTER_CONDITION0 condition;
  union {
    FWP_V4_ADDR_AND_MASK v4;
    FWP_V6_ADDR_AND_MASK v6;
    FWP_BYTE_ARRAY16 octets;
    UINT64 uint64;
  } value;
} CONDITION;

typedef struct {
  bool used;
  FWPM_FILTER0 filter;
  GUID providerKey;
  wchar_t name[64];
  wchar_t description[64];
  CONDITION conditions[MAX_CONDITIONS];
} FILTER;

typedef struct {
  bool used;
  FWPM_PROVIDER_CONTEXT1 context;
} POLICY;

typedef struct {
  bool present;
  IPSEC_TRAFFIC1 traffic;
  IPSEC_SA_BUNDLE1 bundle;
  IPSEC_SA0 sa;
  bool isInUdp;
  IPSEC_V4_UDP_ENCAPSULATION0 udp;
} SA;

typedef struct {
  bool used;
  UINT64 id;
  bool hasSpi;
  IPSEC_SA_SPI spi;
  SA inbound;
  SA outbound;
  UINT64 lastSent;
  UINT64 highestReceived;
  UINT64 window;
  UINT64 octets;
} SA_PAIR;

typedef struct {
  FILTER filters[MAX_OBJECTS];
  POLICY policies[MAX_OBJECTS];
} CONFIGURATION;

extern CONFIGURATION now;
extern SA_PAIR contexts[MAX_OBJECTS];

/* Counts a call; what it returns is the failure that was asked for, or 0. A call that changes something says so. */
DWORD called(const char *name, bool changes);

/* An enumeration shows what there was when it began. */
typedef struct {
  UINT64 ids[MAX_OBJECTS];
  UINT32 count;
  UINT32 next;
} ENUMERATION;

/* Begins one, whose ids are to be filled in; ends one, after the checks of the calls that do. */
ENUMERATION *begin_enumeration(void);
DWORD end_enumeration(HANDLE engine, HANDLE enumeration);

/* Memory that the caller is to give back; counted, as enumerations are. */
void *allocate_block(size_t size);

FILTER *find_filter(UINT64 id);
POLICY *find_policy(UINT64 id);
SA_PAIR *find_context(UINT64 id);
DWORD check_traffic(const IPSEC_TRAFFIC1 *traffic, bool inbound);

/* The first checks of every call on contexts (Object Management: not in a transaction; not in a dynamic session where one is made or deleted). */
DWORD check_session(HANDLE engine);
DWORD check_outside_transaction(HANDLE engine);
DWORD check_static(HANDLE engine);

#endif
