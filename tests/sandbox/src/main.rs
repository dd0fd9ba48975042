//! Start-up: read the options, take the port, open the tenant, say where everything is, serve.

use std::{env, io::ErrorKind, process::ExitCode};

use anyhow::{Context, Result, bail};
use sandbox::{
    app::{App, Found, Sandbox},
    cli::{self, Command, Options},
    people::PEOPLE,
    web::{hosts, server},
};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> ExitCode {
    match cli::parse(env::args().skip(1).collect::<Vec<_>>()) {
        Ok(Command::Help) => println!("{}", cli::USAGE),
        Ok(Command::Run(options)) => {
            if let Err(error) = run(options).await {
                eprintln!("{error:#}");
                return ExitCode::FAILURE;
            }
        }
        Err(error) => {
            eprintln!("{error}\n\n{}", cli::USAGE);
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

async fn run(mut options: Options) -> Result<()> {
    let listener = bind(options.port).await?;
    options.port = listener.local_addr()?.port();
    let (app, found) = Sandbox::open(options)?;
    if !app.options.quiet {
        greet(&app, &found);
    }
    server::serve(listener, hosts::router(&app), stopped()?).await;
    Ok(())
}

async fn bind(port: u16) -> Result<TcpListener> {
    match TcpListener::bind(("127.0.0.1", port)).await {
        Ok(listener) => Ok(listener),
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            bail!("Port {port} is in use. Stop what uses it or choose another with --port N.")
        }
        Err(error) => Err(error).context(format!("Port {port} cannot be opened.")),
    }
}

fn greet(app: &App, found: &Found) {
    let Found {
        incidents,
        seed,
        differs,
    } = found;
    println!("The sandbox is at {}/\n", app.origin("portal"));
    println!("Sign in as:");
    for person in &PEOPLE {
        println!("  {:<16} {}", person.name, person.role_name());
    }
    println!(
        "\nTenant: {incidents} incidents, seed {seed}, in {}",
        app.options.db
    );
    if *differs {
        println!(
            "The database has a tenant of another size or seed, which is kept; --reset generates \
             the one asked for."
        );
    }
    println!("Stop with Ctrl+C.");
}

/// Done when the process is told to end, by Ctrl+C or by SIGTERM.
#[cfg(unix)]
fn stopped() -> Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stopped() -> Result<impl Future<Output = ()>> {
    Ok(async {
        tokio::signal::ctrl_c().await.ok();
    })
}
