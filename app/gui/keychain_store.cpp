// SPDX-License-Identifier: Apache-2.0
#include "app/gui/keychain_store.h"

#include <utility>

#include <qt6keychain/keychain.h>

namespace weft::app {
namespace {

const QString kService = QStringLiteral("weft");

/// No profile has that id.
const std::string kNobody = "check";

QString noteOf(const std::string& name) {
    return QStringLiteral("keychain/")
           + QString::fromLatin1(QByteArray::fromStdString(name).toHex());
}

Status statusOf(const QKeychain::Job& job) {
    const std::string text = job.errorString().toStdString();
    switch (job.error()) {
    case QKeychain::NoError:
        return okStatus();
    case QKeychain::EntryNotFound:
        return notFound("the keychain has no such entry");
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return permissionDenied("the keychain refused: {}", text);
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return unavailable("this desktop has no keychain: {}", text);
    default:
        return unavailable("the keychain does not answer: {}", text);
    }
}

void prepare(QKeychain::Job& job, const std::string& name) {
    job.setKey(QString::fromStdString(name));
    job.setInsecureFallback(false);
    job.setAutoDelete(true);
}

}  // namespace

KeychainStore::KeychainStore(QSettings& settings, QObject* parent)
    : QObject(parent), settings_(settings) {}

void KeychainStore::check(StatusCallback done) {
    // Nothing is kept under that name: to say so, the keychain has to be there and open.
    auto* job = new QKeychain::ReadPasswordJob(kService, this);
    prepare(*job, kNobody);
    connect(job, &QKeychain::Job::finished, this, [job, done = std::move(done)] {
        const Status status = statusOf(*job);
        done(status.code() == StatusCode::kNotFound ? okStatus() : status);
    });
    job->start();
}

void KeychainStore::read(const std::string& name, Callback<std::string> done) {
    if (!settings_.contains(noteOf(name))) {
        done(notFound("nothing is kept under that name"));
        return;
    }
    auto* job = new QKeychain::ReadPasswordJob(kService, this);
    prepare(*job, name);
    connect(job, &QKeychain::Job::finished, this, [job, done = std::move(done)] {
        const Status status = statusOf(*job);
        if (status.ok()) {
            done(job->textData().toStdString());
        } else {
            done(status);
        }
    });
    job->start();
}

void KeychainStore::write(const std::string& name, const std::string& secret, StatusCallback done) {
    auto* job = new QKeychain::WritePasswordJob(kService, this);
    prepare(*job, name);
    job->setTextData(QString::fromStdString(secret));
    connect(job, &QKeychain::Job::finished, this, [this, job, name, done = std::move(done)] {
        const Status status = statusOf(*job);
        if (status.ok()) {
            settings_.setValue(noteOf(name), true);
        }
        done(status);
    });
    job->start();
}

void KeychainStore::remove(const std::string& name, StatusCallback done) {
    if (!settings_.contains(noteOf(name))) {
        done(notFound("nothing is kept under that name"));
        return;
    }
    auto* job = new QKeychain::DeletePasswordJob(kService, this);
    prepare(*job, name);
    connect(job, &QKeychain::Job::finished, this, [this, job, name, done = std::move(done)] {
        const Status status = statusOf(*job);
        if (status.ok() || status.code() == StatusCode::kNotFound) {
            settings_.remove(noteOf(name));
        }
        done(status);
    });
    job->start();
}

}  // namespace weft::app
