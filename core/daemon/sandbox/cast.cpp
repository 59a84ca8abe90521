// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/sandbox/cast.h"

#include <array>

namespace weft::daemon::sandbox {
namespace {

constexpr std::array kCast = {
    Role{kSelf, NodeKind::Desktop, kHome, Nat::Cone},
    Role{"relay-fra", NodeKind::Relay, kCloud, Nat::None},
    Role{"office-router", NodeKind::Router, kOffice, Nat::None},
    Role{"laptop-anna", NodeKind::Laptop, kRoad, Nat::Cone},
    Role{"home-router", NodeKind::Router, kHome, Nat::None},
    Role{"home-nas", NodeKind::Nas, kHome, Nat::Cone},
    Role{"phone-anna", NodeKind::Phone, kRoad, Nat::Symmetric},
    Role{"exit-ams", NodeKind::Exit, kCloud, Nat::None},
    Role{"web-1", NodeKind::Server, kCloud, Nat::None},
    Role{"camera-door", NodeKind::Camera, kHome, Nat::Cone},
    Role{"office-nas", NodeKind::Nas, kOffice, Nat::Cone},
    Role{"laptop-ben", NodeKind::Laptop, kRoad, Nat::Symmetric},
    Role{"db-1", NodeKind::Server, kCloud, Nat::None},
    Role{"git", NodeKind::Server, kOffice, Nat::Cone},
    Role{"camera-lobby", NodeKind::Camera, kOffice, Nat::Cone},
    Role{"phone-ben", NodeKind::Phone, kRoad, Nat::Symmetric},
    Role{"laptop-chloe", NodeKind::Laptop, kOffice, Nat::Cone},
    Role{"build-1", NodeKind::Server, kOffice, Nat::Cone},
    Role{"camera-garden", NodeKind::Camera, kHome, Nat::Cone},
    Role{"printer", NodeKind::Device, kOffice, Nat::Cone},
    Role{"web-2", NodeKind::Server, kCloud, Nat::None},
    Role{"laptop-dave", NodeKind::Laptop, kRoad, Nat::Cone},
    Role{"camera-dock", NodeKind::Camera, kOffice, Nat::Cone},
    Role{"phone-chloe", NodeKind::Phone, kRoad, Nat::Cone},
    Role{"tv", NodeKind::Device, kHome, Nat::Cone},
    Role{"desktop-emil", NodeKind::Desktop, kOffice, Nat::Cone},
    Role{"backup-hel", NodeKind::Nas, kCloud, Nat::None},
    Role{"camera-gate", NodeKind::Camera, kOffice, Nat::Cone},
    Role{"phone-dave", NodeKind::Phone, kRoad, Nat::Symmetric},
    Role{"laptop-finn", NodeKind::Laptop, kRoad, Nat::Cone},
};

constexpr std::array kExtras = {
    Role{"laptop", NodeKind::Laptop, kRoad, Nat::Cone},
    Role{"phone", NodeKind::Phone, kRoad, Nat::Symmetric},
    Role{"server", NodeKind::Server, kOffice, Nat::Cone},
    Role{"camera", NodeKind::Camera, kOffice, Nat::Cone},
    Role{"desktop", NodeKind::Desktop, kOffice, Nat::Cone},
};

static_assert(kCast.size() == kUsualNodes);

}  // namespace

std::span<const Role> cast() {
    return kCast;
}

std::span<const Role> extras() {
    return kExtras;
}

}  // namespace weft::daemon::sandbox
