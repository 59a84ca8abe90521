// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/graph/edge_reader.h"

#include "ui/viewmodels/words.h"

namespace weft::viewmodels {

EdgeReader::EdgeReader(bridge::Bridge& bridge, QObject* parent)
    : QObject(parent), bridge_(bridge) {}

void EdgeReader::setMesh(const api::ProfileId& profile) {
    profile_ = profile;
    ++number_;
    edges_.reset();
    asking_ = false;
    again_ = false;
    answered_ = false;
    error_.clear();
}

void EdgeReader::ask() {
    if (asking_) {
        again_ = true;
        return;
    }
    asking_ = true;
    again_ = false;
    const auto finish = [this, number = ++number_](const StatusOr<api::Graph>& edges) {
        if (number == number_) {
            take(edges);
        }
    };
    bridge_.controller().graph(profile_, bridge_.deliver<api::Graph>(this, finish));
}

void EdgeReader::take(const StatusOr<api::Graph>& edges) {
    asking_ = false;
    answered_ = true;
    if (edges.ok()) {
        edges_ = *edges;
        error_.clear();
    } else {
        error_ = errorSentence(tr("The links of the mesh could not be read"), edges.status());
    }
    Q_EMIT changed();
    if (again_) {
        ask();
    }
}

}  // namespace weft::viewmodels
