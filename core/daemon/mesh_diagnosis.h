// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/callback.h"
#include "core/base/subscription.h"

#include <functional>
#include <string>

namespace weft::local::v1 {
class NetworkReport;
class PathExplanation;
class LookUpNameRequest;
class NameAnswer;
class NameService;
class PingRequest;
class PingUpdate;
}  // namespace weft::local::v1

namespace weft::daemon {

/// What the front ends ask of a running connection about the network that its mesh is.
/// Thread: that of MeshConnection; callbacks run on the connection's loop.
class MeshDiagnosis {
public:
    MeshDiagnosis() = default;
    MeshDiagnosis(const MeshDiagnosis&) = delete;
    MeshDiagnosis& operator=(const MeshDiagnosis&) = delete;
    virtual ~MeshDiagnosis() = default;

    /// Errors and updates as in api::Diagnosis. `ended` runs once unless the handle is dropped
    /// before; what was told already may still be on its way then.
    virtual Subscription ping(
        const weft::local::v1::PingRequest& request,
        std::function<void(const weft::local::v1::PingUpdate&)> told,
        StatusCallback ended) = 0;
    virtual void explainPath(std::string node, Callback<weft::local::v1::PathExplanation> done) = 0;
    virtual void checkNetwork(Callback<weft::local::v1::NetworkReport> done) = 0;

    virtual void nameService(Callback<weft::local::v1::NameService> done) = 0;
    virtual void lookUpName(
        const weft::local::v1::LookUpNameRequest& request,
        Callback<weft::local::v1::NameAnswer> done) = 0;
};

}  // namespace weft::daemon
