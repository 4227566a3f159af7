/** What goes wrong where people prove elsewhere who they are: what it is, and what to do. */
export const signOnFaultsZhCn = {
  'sign-on-unknown': ['没有正在进行的这次登录。', '请回到登录页重新开始；每次登录须在十分钟内由同一浏览器完成。'],
  'sign-on-refused': ['“{provider}”未能证明您的身份。', '请重试；仍不成功时，请将跟踪号告知系统管理员。'],
  'sign-on-not-linked': [
    '“{provider}”确认了您的身份，但本平台没有与之对应的账号。',
    '请联系系统管理员开通账号，或核对准入规则与所属机构的映射。',
  ],
  'sign-on-unsuitable': [
    '“{provider}”给出的{field}“{value}”不能使用。',
    '请联系系统管理员核对声明映射：登录名只含字母、数字、“.”和“-”，姓名不含不可见字符。',
  ],
  'certificate-missing': ['未收到数字证书。', '请通过要求证书的地址访问，并在浏览器提示时选择您的证书。'],
  'certificate-not-trusted': ['该来源无权代为出示证书。', '请通过登记的入口访问；如有疑问请联系系统管理员。'],
  'logout-token-invalid': ['退出通知无效。', '请核对签发方、受众、签名密钥与时钟。'],
  'identity-provider-unreachable': ['无法连接“{provider}”。', '请稍后重试；系统管理员可测试其连接。'],
  'identity-provider-unsafe': ['“{url}”未加密，只允许用于本机。', '请使用 https、ldaps，或为 ldap 启用 StartTLS。'],
  'identity-provider-secret-missing': [
    '“{provider}”的地址或信任的证书已变更，已保存的密钥不会发往新的地址。',
    '请在同一次修改中重新填写密钥（客户端密钥或检索账号的口令）。',
  ],
  'identity-provider-is-another': [
    '“{provider}”已有关联的人员，不能改为另一个身份提供方：同一标识在别处是另一个人。',
    '请另行登记新的身份提供方，核对规则后启用，再删除原有的。',
  ],
  'identity-provider-off': ['“{provider}”尚未启用。', '请安全管理员核对规则后启用。'],
  'identity-provider-not-directory': ['“{provider}”不是目录服务，不能导入人员。', '其人员在首次登录时建立。'],
  'grant-follows-claims': [
    '这项授权来自“{provider}”的声明，收回后会在下次登录或导入时恢复。',
    '请修改角色映射，或在对方调整该人员的组；确需立即收回的，请说明已知其会恢复（returns）。',
  ],
  'password-held-elsewhere': ['{login} 在本平台没有口令。', '请在统一身份认证服务或目录中修改口令。'],
  'password-only-proof': [
    '没有已启用的身份提供方认识 {login}，删除口令后将无法登录。',
    '请先从目录导入该人员，或启用其身份提供方。',
  ],
} as const

export const signOnFaultsEn = {
  'sign-on-unknown': [
    'That log-in is not under way.',
    'Begin again at the log-in page; a log-in is completed within ten minutes, by the browser that began it.',
  ],
  'sign-on-refused': [
    '“{provider}” did not prove who you are.',
    'Try again; if it stays so, tell the system administrator the trace number.',
  ],
  'sign-on-not-linked': [
    '“{provider}” says who you are, but no account here belongs to that.',
    'Ask the system administrator for an account, or to check the rules and the organisation that you map to.',
  ],
  'sign-on-unsuitable': [
    '“{provider}” gives as {field} “{value}”, which cannot be taken.',
    'Ask the system administrator to check the claims: a log-in has letters, digits, dots and hyphens; a name nothing invisible.',
  ],
  'certificate-missing': [
    'No certificate came.',
    'Come by the address that asks for one, and choose yours when the browser asks.',
  ],
  'certificate-not-trusted': [
    'What comes from there may not vouch for a certificate.',
    'Come by the registered entrance, or ask the system administrator.',
  ],
  'logout-token-invalid': ['That is no valid notice of a log-out.', 'Check issuer, audience, signing key and clock.'],
  'identity-provider-unreachable': [
    '“{provider}” cannot be reached.',
    'Try again later; the system administrator can try the connection.',
  ],
  'identity-provider-unsafe': [
    '“{url}” is not encrypted, which is allowed on this machine only.',
    'Use https or ldaps, or StartTLS with ldap.',
  ],
  'identity-provider-secret-missing': [
    'Where “{provider}” is reached, or whom it trusts, has changed: the secret that is kept is not sent there.',
    'Enter the secret again in the same edit: that of the client, or the searcher’s password.',
  ],
  'identity-provider-is-another': [
    'People are known by “{provider}”; it cannot become another one, whose same subjects are other people.',
    'Connect the other one beside it, let its rules be looked at and switch it on, then remove this one.',
  ],
  'identity-provider-off': [
    '“{provider}” lets nobody in yet.',
    'Let the security administrator look at its rules and switch it on.',
  ],
  'identity-provider-not-directory': [
    '“{provider}” is no directory: no people can be taken over from it.',
    'Its people are created at their first log-in.',
  ],
  'grant-follows-claims': [
    'This grant follows the claims of “{provider}”: revoked, it comes back at the next log-in or import.',
    'Change what claims mean, or the person’s groups there; to revoke it at once all the same, say that you know it returns.',
  ],
  'password-held-elsewhere': ['{login} has no password here.', 'Change it where you sign on.'],
  'password-only-proof': [
    'No identity provider that is switched on knows {login}, who could not log in without a password.',
    'Take them over from their directory first, or let their identity provider be switched on.',
  ],
} as const
