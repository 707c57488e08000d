/*
 * How the compiler lays out each struct, a line a struct and a line a field, under the names that the C# side has for them.
 */
#include "standin.h"
#include <stdio.h>

static char layouts[16384];
static size_t length;

#define SIZE(name, type) length += snprintf(layouts + length, sizeof layouts - length, "%s %zu\n", #name, sizeof(type))
#define FIELD(name, field, type, member) \
  length += snprintf(layouts + length, sizeof layouts - length, "%s.%s %zu %zu\n", #name, #field, offsetof(type, member), sizeof(((type *)0)->member))

EXPORT const char *WINAPI StandInLayouts(void)
{
  length = 0;

  SIZE(FwpByteBlob, FWP_BYTE_BLOB);
  FIELD(FwpByteBlob, Size, FWP_BYTE_BLOB, size);
  FIELD(FwpByteBlob, Data, FWP_BYTE_BLOB, data);

  SIZE(FwpValue0, FWP_CONDITION_VALUE0);
  FIELD(FwpValue0, Type, FWP_CONDITION_VALUE0, type);
  FIELD(FwpValue0, Union, FWP_CONDITION_VALUE0, uint64);

  SIZE(FwpV4AddrAndMask, FWP_V4_ADDR_AND_MASK);
  FIELD(FwpV4AddrAndMask, Addr, FWP_V4_ADDR_AND_MASK, addr);
  FIELD(FwpV4AddrAndMask, Mask, FWP_V4_ADDR_AND_MASK, mask);

  SIZE(FwpV6AddrAndMask, FWP_V6_ADDR_AND_MASK);
  FIELD(FwpV6AddrAndMask, Addr, FWP_V6_ADDR_AND_MASK, addr);
  FIELD(FwpV6AddrAndMask, PrefixLength, FWP_V6_ADDR_AND_MASK, prefixLength);

  SIZE(FwpmDisplayData0, FWPM_DISPLAY_DATA0);
  FIELD(FwpmDisplayData0, Name, FWPM_DISPLAY_DATA0, name);
  FIELD(FwpmDisplayData0, Description, FWPM_DISPLAY_DATA0, description);

  SIZE(FwpmFilterCondition0, FWPM_FILTER_CONDITION0);
  FIELD(FwpmFilterCondition0, FieldKey, FWPM_FILTER_CONDITION0, fieldKey);
  FIELD(FwpmFilterCondition0, MatchType, FWPM_FILTER_CONDITION0, matchType);
  FIELD(FwpmFilterCondition0, ConditionValue, FWPM_FILTER_CONDITION0, conditionValue);

  SIZE(FwpmAction0, FWPM_ACTION0);
  FIELD(FwpmAction0, Type, FWPM_ACTION0, type);
  FIELD(FwpmAction0, CalloutKey, FWPM_ACTION0, calloutKey);

  SIZE(FwpmFilter0, FWPM_FILTER0);
  FIELD(FwpmFilter0, FilterKey, FWPM_FILTER0, filterKey);
  FIELD(FwpmFilter0, DisplayData, FWPM_FILTER0, displayData);
  FIELD(FwpmFilter0, Flags, FWPM_FILTER0, flags);
  FIELD(FwpmFilter0, ProviderKey, FWPM_FILTER0, providerKey);
  FIELD(FwpmFilter0, ProviderData, FWPM_FILTER0, providerData);
  FIELD(FwpmFilter0, LayerKey, FWPM_FILTER0, layerKey);
  FIELD(FwpmFilter0, SubLayerKey, FWPM_FILTER0, subLayerKey);
  FIELD(FwpmFilter0, Weight, FWPM_FILTER0, weight);
  FIELD(FwpmFilter0, NumFilterConditions, FWPM_FILTER0, numFilterConditions);
  FIELD(FwpmFilter0, FilterCondition, FWPM_FILTER0, filterCondition);
  FIELD(FwpmFilter0, Action, FWPM_FILTER0, action);
  FIELD(FwpmFilter0, Context, FWPM_FILTER0, providerContextKey);
  FIELD(FwpmFilter0, Reserved, FWPM_FILTER0, reserved);
  FIELD(FwpmFilter0, FilterId, FWPM_FILTER0, filterId);
  FIELD(FwpmFilter0, EffectiveWeight, FWPM_FILTER0, effectiveWeight);

  SIZE(FwpmProviderContext1, FWPM_PROVIDER_CONTEXT1);
  FIELD(FwpmProviderContext1, ProviderContextKey, FWPM_PROVIDER_CONTEXT1, providerContextKey);
  FIELD(FwpmProviderContext1, DisplayData, FWPM_PROVIDER_CONTEXT1, displayData);
  FIELD(FwpmProviderContext1, Flags, FWPM_PROVIDER_CONTEXT1, flags);
  FIELD(FwpmProviderContext1, ProviderKey, FWPM_PROVIDER_CONTEXT1, providerKey);
  FIELD(FwpmProviderContext1, ProviderData, FWPM_PROVIDER_CONTEXT1, providerData);
  FIELD(FwpmProviderContext1, Type, FWPM_PROVIDER_CONTEXT1, type);
  FIELD(FwpmProviderContext1, Policy, FWPM_PROVIDER_CONTEXT1, dataBuffer);
  FIELD(FwpmProviderContext1, ProviderContextId, FWPM_PROVIDER_CONTEXT1, providerContextId);

  SIZE(IpsecTraffic1, IPSEC_TRAFFIC1);
  FIELD(IpsecTraffic1, IpVersion, IPSEC_TRAFFIC1, ipVersion);
  FIELD(IpsecTraffic1, Local, IPSEC_TRAFFIC1, localV6Address);
  FIELD(IpsecTraffic1, Remote, IPSEC_TRAFFIC1, remoteV6Address);
  FIELD(IpsecTraffic1, TrafficType, IPSEC_TRAFFIC1, trafficType);
  FIELD(IpsecTraffic1, FilterOrPolicyId, IPSEC_TRAFFIC1, ipsecFilterId);
  FIELD(IpsecTraffic1, RemotePort, IPSEC_TRAFFIC1, remotePort);
  FIELD(IpsecTraffic1, LocalPort, IPSEC_TRAFFIC1, localPort);
  FIELD(IpsecTraffic1, IpProtocol, IPSEC_TRAFFIC1, ipProtocol);
  FIELD(IpsecTraffic1, LocalIfLuid, IPSEC_TRAFFIC1, localIfLuid);
  FIELD(IpsecTraffic1, RealIfProfileId, IPSEC_TRAFFIC1, realIfProfileId);

  SIZE(IpsecSaLifetime0, IPSEC_SA_LIFETIME0);
  FIELD(IpsecSaLifetime0, LifetimeSeconds, IPSEC_SA_LIFETIME0, lifetimeSeconds);
  FIELD(IpsecSaLifetime0, LifetimeKilobytes, IPSEC_SA_LIFETIME0, lifetimeKilobytes);
  FIELD(IpsecSaLifetime0, LifetimePackets, IPSEC_SA_LIFETIME0, lifetimePackets);

  SIZE(IpsecSa0, IPSEC_SA0);
  FIELD(IpsecSa0, Spi, IPSEC_SA0, spi);
  FIELD(IpsecSa0, SaTransformType, IPSEC_SA0, saTransformType);
  FIELD(IpsecSa0, Information, IPSEC_SA0, espAuthAndCipherInformation);

  SIZE(IpsecSaBundle1, IPSEC_SA_BUNDLE1);
  FIELD(IpsecSaBundle1, Flags, IPSEC_SA_BUNDLE1, flags);
  FIELD(IpsecSaBundle1, Lifetime, IPSEC_SA_BUNDLE1, lifetime);
  FIELD(IpsecSaBundle1, IdleTimeoutSeconds, IPSEC_SA_BUNDLE1, idleTimeoutSeconds);
  FIELD(IpsecSaBundle1, NdAllowClearTimeoutSeconds, IPSEC_SA_BUNDLE1, ndAllowClearTimeoutSeconds);
  FIELD(IpsecSaBundle1, IpsecId, IPSEC_SA_BUNDLE1, ipsecId);
  FIELD(IpsecSaBundle1, NapContext, IPSEC_SA_BUNDLE1, napContext);
  FIELD(IpsecSaBundle1, QmSaId, IPSEC_SA_BUNDLE1, qmSaId);
  FIELD(IpsecSaBundle1, NumSAs, IPSEC_SA_BUNDLE1, numSAs);
  FIELD(IpsecSaBundle1, SaList, IPSEC_SA_BUNDLE1, saList);
  FIELD(IpsecSaBundle1, KeyModuleState, IPSEC_SA_BUNDLE1, keyModuleState);
  FIELD(IpsecSaBundle1, IpVersion, IPSEC_SA_BUNDLE1, ipVersion);
  FIELD(IpsecSaBundle1, PeerV4PrivateAddress, IPSEC_SA_BUNDLE1, peerV4PrivateAddress);
  FIELD(IpsecSaBundle1, MmSaId, IPSEC_SA_BUNDLE1, mmSaId);
  FIELD(IpsecSaBundle1, PfsGroup, IPSEC_SA_BUNDLE1, pfsGroup);
  FIELD(IpsecSaBundle1, SaLookupContext, IPSEC_SA_BUNDLE1, saLookupContext);
  FIELD(IpsecSaBundle1, QmFilterId, IPSEC_SA_BUNDLE1, qmFilterId);

  SIZE(IpsecV4UdpEncapsulation0, IPSEC_V4_UDP_ENCAPSULATION0);
  FIELD(IpsecV4UdpEncapsulation0, LocalUdpEncapPort, IPSEC_V4_UDP_ENCAPSULATION0, localUdpEncapPort);
  FIELD(IpsecV4UdpEncapsulation0, RemoteUdpEncapPort, IPSEC_V4_UDP_ENCAPSULATION0, remoteUdpEncapPort);

  SIZE(IpsecVirtualIfTunnelInfo0, IPSEC_VIRTUAL_IF_TUNNEL_INFO0);
  FIELD(IpsecVirtualIfTunnelInfo0, VirtualIfTunnelId, IPSEC_VIRTUAL_IF_TUNNEL_INFO0, virtualIfTunnelId);
  FIELD(IpsecVirtualIfTunnelInfo0, TrafficSelectorId, IPSEC_VIRTUAL_IF_TUNNEL_INFO0, trafficSelectorId);

  SIZE(IpsecSaDetails1, SA_DETAILS1);
  FIELD(IpsecSaDetails1, IpVersion, SA_DETAILS1, ipVersion);
  FIELD(IpsecSaDetails1, SaDirection, SA_DETAILS1, saDirection);
  FIELD(IpsecSaDetails1, Traffic, SA_DETAILS1, traffic);
  FIELD(IpsecSaDetails1, SaBundle, SA_DETAILS1, saBundle);
  FIELD(IpsecSaDetails1, UdpEncapsulation, SA_DETAILS1, udpEncapsulation);
  FIELD(IpsecSaDetails1, TransportFilter, SA_DETAILS1, transportFilter);
  FIELD(IpsecSaDetails1, VirtualIfTunnelInfo, SA_DETAILS1, virtualIfTunnelInfo);

  SIZE(IpsecSaContext1, SA_CONTEXT1);
  FIELD(IpsecSaContext1, SaContextId, SA_CONTEXT1, saContextId);
  FIELD(IpsecSaContext1, InboundSa, SA_CONTEXT1, inboundSa);
  FIELD(IpsecSaContext1, OutboundSa, SA_CONTEXT1, outboundSa);

  SIZE(IpsecGetSpi1, IPSEC_GETSPI1);
  FIELD(IpsecGetSpi1, InboundIpsecTraffic, IPSEC_GETSPI1, inboundIpsecTraffic);
  FIELD(IpsecGetSpi1, IpVersion, IPSEC_GETSPI1, ipVersion);
  FIELD(IpsecGetSpi1, InboundUdpEncapsulation, IPSEC_GETSPI1, inboundUdpEncapsulation);
  FIELD(IpsecGetSpi1, RngCryptoModuleId, IPSEC_GETSPI1, rngCryptoModuleID);

  SIZE(IpsecSaTransform, IPSEC_CIPHER_TRANSFORM0);
  FIELD(IpsecSaTransform, Type, IPSEC_CIPHER_TRANSFORM0, cipherTransformId.cipherType);
  FIELD(IpsecSaTransform, Config, IPSEC_CIPHER_TRANSFORM0, cipherTransformId.cipherConfig);
  FIELD(IpsecSaTransform, CryptoModuleId, IPSEC_CIPHER_TRANSFORM0, cryptoModuleId);

  SIZE(IpsecSaKeyedTransform, IPSEC_SA_CIPHER_INFORMATION0);
  FIELD(IpsecSaKeyedTransform, Transform, IPSEC_SA_CIPHER_INFORMATION0, cipherTransform);
  FIELD(IpsecSaKeyedTransform, Key, IPSEC_SA_CIPHER_INFORMATION0, cipherKey);

  SIZE(IpsecSaAuthAndCipherInformation0, IPSEC_SA_AUTH_AND_CIPHER_INFORMATION0);
  FIELD(IpsecSaAuthAndCipherInformation0, Cipher, IPSEC_SA_AUTH_AND_CIPHER_INFORMATION0, saCipherInformation);
  FIELD(IpsecSaAuthAndCipherInformation0, Auth, IPSEC_SA_AUTH_AND_CIPHER_INFORMATION0, saAuthInformation);

  SIZE(IpsecTunnelEndpoints1, IPSEC_TUNNEL_ENDPOINTS1);
  FIELD(IpsecTunnelEndpoints1, IpVersion, IPSEC_TUNNEL_ENDPOINTS1, ipVersion);
  FIELD(IpsecTunnelEndpoints1, Local, IPSEC_TUNNEL_ENDPOINTS1, localV6Address);
  FIELD(IpsecTunnelEndpoints1, Remote, IPSEC_TUNNEL_ENDPOINTS1, remoteV6Address);
  FIELD(IpsecTunnelEndpoints1, LocalIfLuid, IPSEC_TUNNEL_ENDPOINTS1, localIfLuid);

  SIZE(IpsecTunnelPolicy1, IPSEC_TUNNEL_POLICY1);
  FIELD(IpsecTunnelPolicy1, Flags, IPSEC_TUNNEL_POLICY1, flags);
  FIELD(IpsecTunnelPolicy1, NumIpsecProposals, IPSEC_TUNNEL_POLICY1, numIpsecProposals);
  FIELD(IpsecTunnelPolicy1, IpsecProposals, IPSEC_TUNNEL_POLICY1, ipsecProposals);
  FIELD(IpsecTunnelPolicy1, TunnelEndpoints, IPSEC_TUNNEL_POLICY1, tunnelEndpoints);
  FIELD(IpsecTunnelPolicy1, IdleTimeoutSeconds, IPSEC_TUNNEL_POLICY1, saIdleTimeout.idleTimeoutSeconds);
  FIELD(IpsecTunnelPolicy1, IdleTimeoutSecondsFailOver, IPSEC_TUNNEL_POLICY1, saIdleTimeout.idleTimeoutSecondsFailOver);
  FIELD(IpsecTunnelPolicy1, EmPolicy, IPSEC_TUNNEL_POLICY1, emPolicy);

  SIZE(IpsecProposal0, IPSEC_PROPOSAL0);
  FIELD(IpsecProposal0, Lifetime, IPSEC_PROPOSAL0, lifetime);
  FIELD(IpsecProposal0, NumSaTransforms, IPSEC_PROPOSAL0, numSaTransforms);
  FIELD(IpsecProposal0, SaTransforms, IPSEC_PROPOSAL0, saTransforms);
  FIELD(IpsecProposal0, PfsGroup, IPSEC_PROPOSAL0, pfsGroup);

  SIZE(IpsecSaTransform0, IPSEC_SA_TRANSFORM0);
  FIELD(IpsecSaTransform0, TransformType, IPSEC_SA_TRANSFORM0, ipsecTransformType);
  FIELD(IpsecSaTransform0, Transform, IPSEC_SA_TRANSFORM0, espAuthAndCipherTransform);

  SIZE(IpsecAuthAndCipherTransform0, IPSEC_AUTH_AND_CIPHER_TRANSFORM0);
  FIELD(IpsecAuthAndCipherTransform0, Auth, IPSEC_AUTH_AND_CIPHER_TRANSFORM0, authTransform);
  FIELD(IpsecAuthAndCipherTransform0, Cipher, IPSEC_AUTH_AND_CIPHER_TRANSFORM0, cipherTransform);

  return layouts;
}
